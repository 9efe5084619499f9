// The plan: layers going in, what they combine to coming out.

import { PebbleProtocolError } from './errors.ts';
import type { Layer, Plan } from './layer.ts';
import { fields } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface AddLayerOptions {
  /** Whether to change the layer of this label, if there is one. Without it, an existing label is refused. */
  readonly combine?: boolean;
}

/** @param layer typed, or YAML text. JSON is YAML, so nothing is loaded to render it. */
export async function addLayer(
  transport: PebbleTransport,
  label: string,
  layer: Layer | string,
  options: AddLayerOptions = {},
): Promise<void> {
  await post(transport, '/v1/layers', {
    action: 'add',
    combine: options.combine ?? false,
    label,
    format: 'yaml',
    layer: typeof layer === 'string' ? layer : JSON.stringify(layer),
  });
}

export async function getPlan(transport: PebbleTransport): Promise<Plan> {
  const { result } = await get(transport, '/v1/plan?format=yaml');
  if (typeof result !== 'string') throw new PebbleProtocolError("cannot read Pebble's plan: expected YAML text");
  const { parse } = await import('yaml');
  const plan = fields(parse(result) ?? {}, 'the plan');
  return { services: {}, checks: {}, 'log-targets': {}, ...plan };
}
