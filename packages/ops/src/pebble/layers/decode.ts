// Makes a layer of what was read, and holds it against the rules (canonical/pebble internals/plan/plan.go, ParseLayer).

import type { LayerConfig, Section } from './config.ts';
import { type Field, Problems, text } from './field.ts';
import { LayerError, layerError } from './layer-error.ts';
import type { LayerNode } from './node.ts';
import { quote } from './quote.ts';
import { checkField, logTargetField, sectionNouns, serviceField } from './sections.ts';
import { validateLayer } from './validate-layer.ts';

const sections = ['summary', 'description', 'services', 'checks', 'log-targets'];

/** @throws LayerError with Pebble's text. Lines in it count from the start of the section. */
export function decodeLayer(label: string, root: LayerNode | undefined): LayerConfig {
  const entries = topLevel(label, root);
  for (const [key, node] of entries) {
    if (sections.includes(key)) continue;
    const reason = `cannot parse layer ${quote(label)}: unknown section ${quote(key)}`;
    const { path, position } = node.key ?? node;
    throw new LayerError(reason, [{ path, reason, ...(position && { position }) }]);
  }

  function section<T>(name: string, decode: (node: LayerNode, problems: Problems) => T): T | undefined {
    const node = entries.get(name);
    if (node === undefined) return undefined;
    return rethrowing(`cannot parse layer ${quote(label)} section ${quote(name)}`, () => {
      const problems = new Problems(node);
      const value = decode(node, problems);
      problems.report();
      return value;
    });
  }
  function named<C extends object>(name: Section, field: Field<C>): Map<string, C> {
    const configs = section(name, (node, problems) => decodeNamed(name, field, node, problems));
    requireSet(name, entries.get(name)?.entries());
    return configs ?? new Map<string, C>();
  }

  const summary = section('summary', (node, problems) => text.decode(node, problems));
  const description = section('description', (node, problems) => text.decode(node, problems));
  const layer: LayerConfig = {
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

function topLevel(label: string, root: LayerNode | undefined): ReadonlyMap<string, LayerNode> {
  return rethrowing(`cannot parse layer ${quote(label)}`, () => {
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
  node: LayerNode,
  problems: Problems,
): Map<string, C> {
  const configs = new Map<string, C>();
  if (node.tag === '!!null') return configs;
  if (node.tag !== '!!map') problems.wrongType(node, `map[string]*${sectionNouns[section].goType}`);
  for (const [name, value] of node.entries()) {
    const config = field.decode(value, problems);
    if (config !== undefined) configs.set(name, config);
  }
  return configs;
}

function requireSet(section: Section, entries: ReadonlyMap<string, LayerNode> = new Map()): void {
  const { noun } = sectionNouns[section];
  const [unset] = [...entries].find(([, { tag }]) => tag === '!!null') ?? [];
  if (unset !== undefined) {
    throw layerError(`${noun} object cannot be null for ${noun} ${quote(unset)}`, section, unset);
  }
}

function rethrowing<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LayerError) throw new LayerError(`${what}: ${error.message}`, error.faults);
    throw error;
  }
}
