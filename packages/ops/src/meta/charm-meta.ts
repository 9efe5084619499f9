// What the charm declares, at run time: the metadata with its sections made regular.

import type {
  ActionSource,
  ContainerSource,
  MetaSource,
  OptionSource,
  RelationSource,
  ResourceSource,
  StorageSource,
} from './source.ts';

export type RelationRole = 'requires' | 'provides' | 'peers';

export interface RelationMeta extends RelationSource {
  readonly name: string;
  readonly role: RelationRole;
}

export interface CharmMeta {
  /** All of it as it is written, for what has no field here. */
  readonly source: MetaSource;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly subordinate: boolean;
  readonly relations: ReadonlyMap<string, RelationMeta>;
  readonly containers: ReadonlyMap<string, ContainerSource>;
  readonly storages: ReadonlyMap<string, StorageSource>;
  readonly resources: ReadonlyMap<string, ResourceSource>;
  readonly actions: ReadonlyMap<string, ActionSource>;
  readonly options: ReadonlyMap<string, OptionSource>;
  readonly extraBindings: ReadonlySet<string>;
}

const known = new WeakMap<MetaSource, CharmMeta>();

/** The same object for the same source, which nobody changes. */
export function charmMetaFrom(source: MetaSource): CharmMeta {
  const meta = known.get(source) ?? regular(source);
  known.set(source, meta);
  return meta;
}

function regular(source: MetaSource): CharmMeta {
  return {
    source,
    name: source.name,
    summary: source.summary ?? '',
    description: source.description ?? '',
    subordinate: source.subordinate ?? false,
    relations: new Map([
      ...relations('requires', source.requires),
      ...relations('provides', source.provides),
      ...relations('peers', source.peers),
    ]),
    containers: section(source.containers),
    storages: section(source.storage),
    resources: section(source.resources),
    actions: section(source.actions),
    options: section(source.config?.options),
    extraBindings: new Set(Object.keys(source['extra-bindings'] ?? {})),
  };
}

function relations(role: RelationRole, entries: MetaSource[RelationRole]): [string, RelationMeta][] {
  return [...section(entries)].map(([name, relation]) => [name, { ...relation, name, role }]);
}

// An entry without a body is written as nothing at all in YAML, and read as null.
function section<T extends object>(entries: { readonly [name: string]: T | null } | null | undefined): Map<string, T> {
  return new Map(Object.entries(entries ?? {}).map(([name, entry]) => [name, entry ?? ({} as T)]));
}
