// Combines layers by their override rules (canonical/pebble internals/plan/plan.go, CombineLayers; docs/how-to/use-layers.md).

import type { Field } from './field.ts';
import type { CheckConfig, LayerConfig, Section } from './config.ts';
import { layerError } from './layer-error.ts';
import { quote } from './quote.ts';
import { checkField, logTargetField, sectionNouns, serviceField } from './sections.ts';

const defaultThreshold = 3;
const defaultPeriodMs = 10_000;

/**
 * One layer that says what all of them say, the later ones over the earlier ones. The label is that of the first layer, summary and
 * description are those of the last.
 *
 * @throws LayerError when an override rule is missing or unknown.
 */
export function combine(layers: readonly LayerConfig[]): LayerConfig {
  const last = layers.at(-1);
  return {
    label: layers[0]?.label ?? '',
    ...(last?.summary !== undefined && { summary: last.summary }),
    ...(last?.description !== undefined && { description: last.description }),
    services: combineSection(layers, 'services', (layer) => layer.services, serviceField),
    checks: settled(combineSection(layers, 'checks', (layer) => layer.checks, checkField)),
    'log-targets': combineSection(layers, 'log-targets', (layer) => layer['log-targets'], logTargetField),
  };
}

function combineSection<C extends { readonly override?: string }>(
  layers: readonly LayerConfig[],
  section: Section,
  select: (layer: LayerConfig) => ReadonlyMap<string, C>,
  field: Field<C>,
): Map<string, C> {
  const combined = new Map<string, C>();
  for (const layer of layers) {
    for (const [name, config] of select(layer)) {
      const old = combined.get(name);
      const merges = readOverride(layer, section, name, config) === 'merge';
      combined.set(name, merges && old !== undefined ? field.merge(old, config) : config);
    }
  }
  return combined;
}

function readOverride(
  layer: LayerConfig,
  section: Section,
  name: string,
  { override }: { readonly override?: string },
): string {
  if (override === 'merge' || override === 'replace') return override;
  const { noun } = sectionNouns[section];
  throw layerError(
    override === undefined
      ? `layer ${quote(layer.label)} must define "override" for ${noun} ${quote(name)}`
      : `layer ${quote(layer.label)} has invalid "override" value for ${noun} ${quote(name)}`,
    section,
    name,
    'override',
  );
}

// The one default that Pebble writes into its plan, and the one value that it changes: no check takes longer than its period.
function settled(checks: ReadonlyMap<string, CheckConfig>): Map<string, CheckConfig> {
  return new Map([...checks].map(([name, check]) => [name, { threshold: defaultThreshold, ...withinPeriod(check) }]));
}

function withinPeriod(check: CheckConfig): CheckConfig {
  const { timeout, period = defaultPeriodMs } = check;
  return timeout === undefined || timeout <= period ? check : { ...check, timeout: period };
}
