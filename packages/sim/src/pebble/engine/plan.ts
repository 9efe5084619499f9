// The plan: the layers in their order, and what they combine to (canonical/pebble internals/overlord/planstate/manager.go).
// Layers that are added live in memory only, as in Pebble: the next start reads the layers directory again.

import { stringify } from 'yaml';
import { combineLayers } from './combine.ts';
import { badRequest, serverError } from './errors.ts';
import type { Field } from './field.ts';
import type { CheckConfig, Layer, LogTargetConfig, ServiceConfig } from './layer.ts';
import { checkField, logTargetField, serviceField } from './layer-fields.ts';
import { quote } from './quote.ts';
import { validatePlan } from './validate-plan.ts';

export interface AddLayerOptions {
  /** Merge into the layer of that label, if there is one, instead of refusing. */
  readonly combine: boolean;
  /** Allow to put it between other layers, as the last of its sub-directory. */
  readonly inner: boolean;
}

export class Plan {
  #layers: readonly Layer[];
  #combined: Layer;

  /** @throws LayerError */
  constructor(layers: readonly Layer[]) {
    this.#layers = layers;
    this.#combined = combineLayers(layers);
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
  add(layer: Layer, { combine, inner }: AddLayerOptions): void {
    const index = this.#layers.findIndex(({ label }) => label === layer.label);
    const found = this.#layers[index];
    if (found === undefined) this.#replaceLayers(insert(this.#layers, layer, inner));
    else if (combine) this.#replaceLayers(this.#layers.with(index, combineLayers([found, layer])));
    else throw badRequest(`layer ${quote(layer.label)} already exists`);
  }

  #replaceLayers(layers: readonly Layer[]): void {
    const combined = combineLayers(layers);
    validatePlan(combined);
    this.#layers = layers;
    this.#combined = combined;
  }

  /** The layers as they were given, by label. */
  layers(): ReadonlyMap<string, object> {
    return new Map(this.#layers.map((layer) => [layer.label, encodeLayer(layer)]));
  }

  /** The combined plan as `GET /v1/plan` shows it. */
  toYaml(): string {
    const plan = {
      ...encodeSection('services', this.services, serviceField),
      ...encodeSection('checks', this.checks, checkField),
      ...encodeSection('log-targets', this.logTargets, logTargetField),
    };
    // Readers may follow YAML 1.1, to which `yes` is true: strings are quoted by its rules.
    return stringify(plan, { version: '1.1', indent: 4, lineWidth: 0 });
  }
}

function encodeLayer({ summary, description, services, checks, 'log-targets': logTargets }: Layer): object {
  return {
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...encodeSection('services', services, serviceField),
    ...encodeSection('checks', checks, checkField),
    ...encodeSection('log-targets', logTargets, logTargetField),
  };
}

function encodeSection<C>(name: string, configs: ReadonlyMap<string, C>, field: Field<C>): Record<string, unknown> {
  if (configs.size === 0) return {};
  const entries = [...configs].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { [name]: Object.fromEntries(entries.map(([key, config]) => [key, field.encode(config)])) };
}

// A label `dir/name` belongs to the layers of `dir`, after the last of them; all others go to the end.
function insert(layers: readonly Layer[], layer: Layer, inner: boolean): readonly Layer[] {
  const directory = (label: string) => label.split('/', 1)[0];
  const sibling = layers.findLastIndex(({ label }) => directory(label) === directory(layer.label));
  if (sibling >= 0 && sibling < layers.length - 1 && !inner) {
    throw serverError("cannot insert sub-directory layer without 'inner' attribute set");
  }
  return layers.toSpliced(sibling < 0 ? layers.length : sibling + 1, 0, layer);
}
