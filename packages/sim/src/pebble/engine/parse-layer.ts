// Reads the text of a layer (canonical/pebble internals/plan/plan.go, ParseLayer). Any YAML will do, so JSON too.

import { LayerError } from './errors.ts';
import { type Field, Problems, text } from './field.ts';
import type { Layer, Section } from './layer.ts';
import { checkField, logTargetField, sectionNouns, serviceField } from './layer-fields.ts';
import { quote } from './quote.ts';
import { validateLayer } from './validate-layer.ts';
import { YamlError, type YamlNode, parseYaml } from './yaml-node.ts';

const sections = ['summary', 'description', 'services', 'checks', 'log-targets'];

/** @throws LayerError with Pebble's text. Lines in it count from the start of the section. */
export function parseLayer(label: string, layerText: string): Layer {
  const entries = topLevel(label, layerText);
  const unknown = [...entries.keys()].find((key) => !sections.includes(key));
  if (unknown !== undefined) {
    throw new LayerError(`cannot parse layer ${quote(label)}: unknown section ${quote(unknown)}`);
  }

  function section<T>(name: string, decode: (node: YamlNode, problems: Problems) => T): T | undefined {
    const node = entries.get(name);
    if (node === undefined) return undefined;
    return rethrowing(`cannot parse layer ${quote(label)} section ${quote(name)}`, () => {
      const problems = new Problems(node);
      const value = decode(node, problems);
      problems.report();
      return value;
    });
  }
  const named = <C extends object>(name: Section, field: Field<C>): Map<string, C> =>
    section(name, (node, problems) => decodeNamed(name, field, node, problems)) ?? new Map<string, C>();

  const summary = section('summary', (node, problems) => text.decode(node, problems));
  const description = section('description', (node, problems) => text.decode(node, problems));
  const layer: Layer = {
    label,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    services: named('services', serviceField),
    checks: named('checks', checkField),
    'log-targets': named('log-targets', logTargetField),
  };
  validateLayer(layer);
  return layer;
}

function topLevel(label: string, layerText: string): ReadonlyMap<string, YamlNode> {
  return rethrowing(`cannot parse layer ${quote(label)}`, () => {
    const root = parseYaml(layerText);
    if (root === undefined || root.tag === '!!null') return new Map();
    if (root.tag === '!!map') return root.entries();
    const problems = new Problems(root);
    problems.wrongType(root, 'map[string]yaml.Node');
    problems.report();
    return new Map();
  });
}

function decodeNamed<C extends object>(
  section: Section,
  field: Field<C>,
  node: YamlNode,
  problems: Problems,
): Map<string, C> {
  const { noun, goType } = sectionNouns[section];
  const configs = new Map<string, C>();
  if (node.tag === '!!null') return configs;
  if (node.tag !== '!!map') problems.wrongType(node, `map[string]*${goType}`);
  for (const [name, value] of node.entries()) {
    if (value.tag === '!!null') throw new LayerError(`${noun} object cannot be null for ${noun} ${quote(name)}`);
    const config = field.decode(value, problems);
    if (config !== undefined) configs.set(name, config);
  }
  return configs;
}

function rethrowing<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof YamlError) throw new LayerError(`${what}: ${error.message}`);
    throw error;
  }
}
