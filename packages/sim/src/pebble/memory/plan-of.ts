// What layers combine to, as Pebble shows it.

import { parseLayerText } from '@charmed/ops/internal';
import { parse } from 'yaml';
import type { Layer, Plan as ShownPlan } from '@charmed/ops/pebble';
import { Plan } from '../engine/plan.ts';

/** @param layers by label, the lowest first. @throws LayerError when they make no plan. */
export function planOf(layers: Readonly<Record<string, Layer>>): ShownPlan {
  const parsed = Object.entries(layers).map(([label, layer]) => parseLayerText(label, JSON.stringify(layer)));
  const shown = parse(new Plan(parsed).toYaml()) as Partial<ShownPlan> | null;
  return { services: {}, checks: {}, 'log-targets': {}, ...shown };
}
