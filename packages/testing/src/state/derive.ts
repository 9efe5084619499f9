// The state that a charm's metadata speaks of: one of everything that it declares.

import type { MetaSource } from '@charmed/ops';
import { Container } from './container.ts';
import { PeerRelation, Relation, SubordinateRelation, type AnyRelation } from './relation.ts';
import type { StateFields } from './fields.ts';
import { Storage } from './storage.ts';

/** What is given counts; of what is declared and not given there is one each, and options have their defaults. */
export function derivedFields(meta: MetaSource, given: StateFields): StateFields {
  const { config = {}, relations = [], containers = [], storages = [] } = given;
  return {
    ...given,
    config: { ...defaultsOf(meta), ...config },
    relations: [...relations, ...missing(endpointsOf(meta), relations, ({ endpoint }) => endpoint)],
    containers: [...containers, ...missing(containersOf(meta), containers, ({ name }) => name)],
    storages: [...storages, ...missing(storagesOf(meta), storages, ({ name }) => name)],
  };
}

function missing<T>(declared: readonly T[], given: readonly T[], nameOf: (part: T) => string): readonly T[] {
  const names = new Set(given.map(nameOf));
  return declared.filter((part) => !names.has(nameOf(part)));
}

function defaultsOf({ config }: MetaSource): StateFields['config'] & object {
  const entries = Object.entries(config?.options ?? {}).flatMap(([name, option]) => {
    const value = option?.default;
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function endpointsOf({ requires, provides, peers }: MetaSource): readonly AnyRelation[] {
  const others = [requires, provides].flatMap((section) => Object.entries(section ?? {}));
  return [
    ...others.map(([name, source]) =>
      source?.scope === 'container' ? new SubordinateRelation(name) : new Relation(name),
    ),
    ...Object.keys(peers ?? {}).map((name) => new PeerRelation(name)),
  ];
}

function containersOf({ containers }: MetaSource): readonly Container[] {
  return Object.keys(containers ?? {}).map((name) => new Container(name, { canConnect: true }));
}

function storagesOf({ storage }: MetaSource): readonly Storage[] {
  return Object.keys(storage ?? {}).map((name) => new Storage(name));
}
