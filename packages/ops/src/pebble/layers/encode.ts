// A layer as Pebble writes it: keys in its order, names sorted, durations as Go prints them, nothing that is not set.

import type { LayerConfig, Section } from './config.ts';
import type { Field } from './field.ts';
import { checkField, logTargetField, serviceField } from './sections.ts';

/** The layer; of a plan, summary and description are not part. */
export function encodeLayer(layer: LayerConfig): Record<string, unknown> {
  const { summary, description } = layer;
  return {
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...encodeSections(layer),
  };
}

export function encodeSections(layer: Omit<LayerConfig, 'label'>): Record<string, unknown> {
  return {
    ...encodeSection('services', layer.services, serviceField),
    ...encodeSection('checks', layer.checks, checkField),
    ...encodeSection('log-targets', layer['log-targets'], logTargetField),
  };
}

function encodeSection<C>(name: Section, configs: ReadonlyMap<string, C>, field: Field<C>): Record<string, unknown> {
  if (configs.size === 0) return {};
  const entries = [...configs].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { [name]: Object.fromEntries(entries.map(([key, config]) => [key, field.encode(config)])) };
}
