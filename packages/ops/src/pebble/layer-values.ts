// Layers and plans as values: read, judged by Pebble's rules (layers/), combined and compared. None of it asks a Pebble.

import type { Layer, Plan } from './layer.ts';
import { PebbleLayerError } from './layer-error.ts';
import { combine } from './layers/combine.ts';
import type { LayerConfig } from './layers/config.ts';
import { decodeLayer } from './layers/decode.ts';
import { encodeLayer, encodeSections } from './layers/encode.ts';
import { LayerError } from './layers/layer-error.ts';
import { ValueNode } from './layers/node.ts';
import { validatePlan as validateConfig } from './layers/validate-plan.ts';

/**
 * Reads a layer as Pebble does: durations come out as Go prints them, what is empty is left out.
 *
 * @param source YAML, of which JSON is a part, or what was parsed already.
 * @throws PebbleLayerError for what Pebble refuses in a layer, whatever the plan; for YAML with line and column.
 */
export async function parseLayer(source: string | object, label = ''): Promise<Layer> {
  if (typeof source === 'object') return validateLayer(source, label);
  const { parseLayerText } = await import('./layers/parse.ts');
  return judged(nameOf(label), () => encodeLayer(parseLayerText(label, source, requireOverrides)));
}

/**
 * Reads a plan, such as Pebble shows it, or a single layer that is a whole plan.
 *
 * @param source YAML, of which JSON is a part, or what was parsed already.
 * @throws PebbleLayerError for what Pebble refuses; for YAML with line and column.
 */
export async function parsePlan(source: string | object): Promise<Plan> {
  if (typeof source === 'object') return validatePlan(source);
  const { parseLayerText } = await import('./layers/parse.ts');
  return judged('plan', () => planOf(parseLayerText('', source, requireWhole)));
}

/**
 * The layer as `parseLayer` gives it.
 *
 * @throws PebbleLayerError for what Pebble refuses in a layer, whatever the plan.
 */
export function validateLayer(layer: object, label = ''): Layer {
  return judged(nameOf(label), () => {
    const config = configOf(layer, label);
    requireOverrides(config);
    return encodeLayer(config);
  });
}

/**
 * The plan as `parsePlan` gives it.
 *
 * @throws PebbleLayerError for what Pebble refuses in a plan: services without a command or in a loop, requirements, contexts and log
 * targets that name services which are not there, checks of no kind. Users and groups are for Pebble alone to find.
 */
export function validatePlan(plan: object): Plan {
  return judged('plan', () => {
    const config = configOf(plan, '');
    requireWhole(config);
    return planOf(config);
  });
}

/**
 * What layers combine to, the lowest first: an entry of a later one replaces or is merged into the one before it, as its `override` says.
 * Parts of a plan will do; see `validatePlan` for a whole one.
 *
 * @throws PebbleLayerError for a layer that Pebble refuses.
 */
export function combineLayers(layers: readonly Layer[]): Plan {
  const configs = layers.map((layer, index) =>
    judged(`layer ${index + 1}`, () => configOf(layer, `layer ${index + 1}`)),
  );
  return judged('layers', () => planOf(combine(configs)));
}

function configOf(value: object, label: string): LayerConfig {
  return decodeLayer(label, new ValueNode(value));
}

// Without an `override` a layer cannot be added to any plan.
function requireOverrides(config: LayerConfig): void {
  combine([config]);
}

function requireWhole(config: LayerConfig): void {
  requireOverrides(config);
  validateConfig(config);
}

function planOf(config: LayerConfig): Plan {
  return { services: {}, checks: {}, 'log-targets': {}, ...encodeSections(config) };
}

function judged<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof LayerError ? new PebbleLayerError(what, error) : error;
  }
}

function nameOf(label: string): string {
  return label === '' ? 'layer' : `layer ${JSON.stringify(label)}`;
}
