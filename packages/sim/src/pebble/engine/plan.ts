// The plan: the layers in their order, and what they combine to (canonical/pebble internals/overlord/planstate/manager.go).
// Layers that are added live in memory only, as in Pebble: the next start reads the layers directory again.

import {
  type CheckConfig,
  combine,
  encodeLayer,
  encodeSections,
  type LayerConfig,
  type LogTargetConfig,
  quote,
  type ServiceConfig,
  validatePlan,
} from '@charmed/ops/internal';
import type { Layer } from '@charmed/ops/pebble';
import { GoFloat } from '../../juju/go/value.ts';
import { goYaml, yamlV3 } from '../../juju/go/yaml.ts';
import { badRequest, serverError } from './errors.ts';

export interface AddLayerOptions {
  /** Merge into the layer of that label, if there is one, instead of refusing. */
  readonly combine: boolean;
  /** Allow to put it between other layers, as the last of its sub-directory. */
  readonly inner: boolean;
}

export class Plan {
  #layers: readonly LayerConfig[];
  #combined: LayerConfig;

  /** @throws LayerError */
  constructor(layers: readonly LayerConfig[]) {
    this.#layers = layers;
    this.#combined = combine(layers);
    validatePlan(this.#combined);
  }

  get services(): ReadonlyMap<string, ServiceConfig> {
    return this.#combined.services;
  }

  get checks(): ReadonlyMap<string, CheckConfig> {
    return this.#combined.checks;
  }

  get logTargets(): ReadonlyMap<string, LogTargetConfig> {
    return this.#combined['log-targets'];
  }

  /** Leaves the plan as it was when the layer does not fit. @throws PebbleError, LayerError */
  add(layer: LayerConfig, options: AddLayerOptions): void {
    const index = this.#layers.findIndex(({ label }) => label === layer.label);
    const found = this.#layers[index];
    if (found === undefined) this.#replaceLayers(insert(this.#layers, layer, options.inner));
    else if (options.combine) this.#replaceLayers(this.#layers.with(index, combine([found, layer])));
    else throw badRequest(`layer ${quote(layer.label)} already exists`);
  }

  #replaceLayers(layers: readonly LayerConfig[]): void {
    const combined = combine(layers);
    validatePlan(combined);
    this.#layers = layers;
    this.#combined = combined;
  }

  /** The layers as they were given, by label. */
  layers(): ReadonlyMap<string, Layer> {
    return new Map(this.#layers.map((layer) => [layer.label, encodeLayer(layer) as Layer]));
  }

  /** The combined plan as `GET /v1/plan` shows it. */
  toYaml(): string {
    return goYaml(asInGo(encodeSections(this.#combined)), yamlV3);
  }
}

// A label `dir/name` belongs to the layers of `dir`, after the last of them; all others go to the end.
function insert(layers: readonly LayerConfig[], layer: LayerConfig, inner: boolean): readonly LayerConfig[] {
  const directory = (label: string) => label.split('/', 1)[0];
  const sibling = layers.findLastIndex(({ label }) => directory(label) === directory(layer.label));
  if (sibling >= 0 && sibling < layers.length - 1 && !inner) {
    throw serverError("cannot insert sub-directory layer without 'inner' attribute set");
  }
  return layers.toSpliced(sibling < 0 ? layers.length : sibling + 1, 0, layer);
}

const dictionaries = ['services', 'checks', 'log-targets', 'environment', 'on-check-failure', 'headers', 'labels'];

// go-yaml writes the keys of a map in an order of its own, those of all else as they are declared, and floats with an exponent.
function asInGo(value: unknown, key?: string): unknown {
  if (key === 'backoff-factor') return new GoFloat(Number(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, asInGo(each, name)] as const);
  return key !== undefined && dictionaries.includes(key) ? new Map(entries) : Object.fromEntries(entries);
}
