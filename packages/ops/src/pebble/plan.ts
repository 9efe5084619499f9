// The plan: layers go in, what they combine to comes out.

import { PebbleProtocolError } from './errors.ts';
import { fieldsOf, optional, textOf, type Fields } from './fields.ts';
import type { Layer, Plan } from './layer.ts';
import { renderLayer } from './render-layer.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface AddLayerOptions {
  /** Whether to merge into the layer of this label, if there is one. Without it, an existing label is refused. */
  readonly combine?: boolean | undefined;
}

export async function addLayer(
  transport: PebbleTransport,
  label: string,
  layer: Layer | string,
  options: AddLayerOptions = {},
): Promise<void> {
  await post(transport, `add layer ${label}`, '/v1/layers', {
    action: 'add',
    combine: options.combine ?? false,
    label,
    format: 'yaml',
    layer: typeof layer === 'string' ? layer : renderLayer(layer),
  });
}

export async function getPlan(transport: PebbleTransport): Promise<Plan> {
  const { result } = await get(transport, 'get plan', '/v1/plan?format=yaml');
  const plan = fieldsOf((await parseYaml(textOf(result))) ?? {});
  return {
    services: sectionOf(plan.services),
    checks: sectionOf(plan.checks),
    'log-targets': sectionOf(plan['log-targets']),
  };
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    // What is text stays text, whatever it looks like: which fields are numbers is known.
    return parse(text, { logLevel: 'error', schema: 'failsafe' });
  } catch (cause) {
    throw new PebbleProtocolError("cannot get plan: Pebble's answer is not YAML", { cause });
  }
}

function sectionOf(value: unknown): Readonly<Record<string, Fields>> {
  const section = optional(value, fieldsOf) ?? {};
  return Object.fromEntries(Object.entries(section).map(([name, entry]) => [name, withNumbers(fieldsOf(entry))]));
}

const NUMBERS: ReadonlySet<string> = new Set(['user-id', 'group-id', 'backoff-factor', 'threshold', 'port']);
const KINDS: ReadonlySet<string> = new Set(['http', 'tcp', 'exec']);

function withNumbers(entry: Fields): Fields {
  const fields = Object.entries(entry).map(([key, value]) => {
    if (NUMBERS.has(key)) return [key, Number(value)] as const;
    return [key, KINDS.has(key) ? withNumbers(fieldsOf(value)) : value] as const;
  });
  return Object.fromEntries(fields);
}
