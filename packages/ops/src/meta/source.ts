// The shape of a charm's metadata as `charmcraft.yaml` spells it. `charmed types` writes it into the charm as a constant, from which
// the types of the charm are inferred.

/** A charm's metadata, in the spelling and structure of `charmcraft.yaml`. */
export interface MetaSource {
  readonly name: string;
  readonly title?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly subordinate?: boolean;
  readonly requires?: Entries<RelationSource>;
  readonly provides?: Entries<RelationSource>;
  readonly peers?: Entries<RelationSource>;
  readonly containers?: Entries<ContainerSource>;
  readonly storage?: Entries<StorageSource>;
  readonly resources?: Entries<ResourceSource>;
  readonly actions?: Entries<ActionSource>;
  readonly config?: { readonly options?: Entries<OptionSource> } | null;
  readonly 'extra-bindings'?: Entries<unknown>;
  /** What Juju has to offer for the charm to be deployed. */
  readonly assumes?: readonly AssumesSource[];
  readonly 'charm-user'?: 'root' | 'sudoer' | 'non-root';
  readonly links?: LinksSource;
  readonly maintainers?: readonly string[];
  readonly terms?: readonly string[];
}

/** A feature, such as `juju >= 3.6`, or several of which all or any are needed. */
export type AssumesSource =
  | string
  | { readonly 'all-of': readonly AssumesSource[] }
  | { readonly 'any-of': readonly AssumesSource[] };

export interface LinksSource {
  readonly contact?: string | readonly string[];
  readonly documentation?: string;
  readonly issues?: string | readonly string[];
  readonly source?: string | readonly string[];
  readonly website?: string | readonly string[];
}

type Entries<T> = { readonly [name: string]: T | null };

export interface RelationSource {
  readonly interface: string;
  readonly scope?: 'global' | 'container';
  readonly limit?: number;
  readonly optional?: boolean;
}

export interface ContainerSource {
  readonly resource?: string;
  readonly mounts?: readonly { readonly storage: string; readonly location?: string }[];
  readonly uid?: number;
  readonly gid?: number;
}

export interface StorageSource {
  readonly type: 'filesystem' | 'block';
  readonly description?: string;
  readonly location?: string;
  readonly shared?: boolean;
  readonly 'read-only'?: boolean;
  readonly 'minimum-size'?: string;
  readonly properties?: readonly string[];
  readonly multiple?: { readonly range: string | number };
}

export interface ResourceSource {
  readonly type: 'file' | 'oci-image';
  readonly description?: string;
  readonly filename?: string;
  readonly 'upstream-source'?: string;
}

export interface OptionSource {
  readonly type?: 'string' | 'int' | 'float' | 'boolean' | 'secret';
  readonly default?: string | number | boolean | null;
  readonly description?: string;
}

export interface ActionSource {
  readonly description?: string;
  readonly params?: { readonly [name: string]: unknown };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly parallel?: boolean;
  readonly 'execution-group'?: string;
}
