// What a charm may name and what its options and parameters hold, inferred from its metadata. With the general `MetaSource` every
// name is a `string` and every value loosely typed.

import type { PropertiesOf, RequiredOf } from './schema-types.ts';
import type { MetaSource } from './source.ts';

// A section that is missing counts as empty.
type Section<M, K extends string> = M extends { readonly [k in K]?: infer S } ? NonNullable<S> : object;
type NameIn<M, K extends string> = keyof Section<M, K> & string;

/** Endpoints that the charm declares. */
export type RelationName<M extends MetaSource> = NameIn<M, 'requires'> | NameIn<M, 'provides'> | NameIn<M, 'peers'>;
export type ContainerName<M extends MetaSource> = NameIn<M, 'containers'>;
export type ActionName<M extends MetaSource> = NameIn<M, 'actions'>;
export type StorageName<M extends MetaSource> = NameIn<M, 'storage'>;
export type ResourceName<M extends MetaSource> = NameIn<M, 'resources'>;
/** What may be bound to a network: an endpoint, one of `extra-bindings`, or `juju-info`, which Juju gives to every charm. */
export type BindingName<M extends MetaSource> = RelationName<M> | NameIn<M, 'extra-bindings'> | 'juju-info';

type Options<M extends MetaSource> = Section<Section<M, 'config'>, 'options'>;

/** The values of the charm's options; `Secret` is what a secret option gives. An option without a default may be `undefined`. */
export type ConfigValues<M extends MetaSource, Secret> = {
  readonly [K in keyof Options<M> & string]: OptionValue<Options<M>[K], Secret>;
};

type OptionValue<O, Secret> = O extends { readonly default: string | number | boolean }
  ? OptionType<O, Secret>
  : OptionType<O, Secret> | undefined;
type OptionType<O, Secret> = O extends { readonly type: infer T }
  ? T extends keyof ValueTypes<Secret>
    ? ValueTypes<Secret>[T]
    : string | number | boolean | Secret
  : string | number | boolean | Secret;
interface ValueTypes<Secret> {
  readonly string: string;
  readonly int: number;
  readonly float: number;
  readonly boolean: boolean;
  readonly secret: Secret;
}

/** The parameters of an action, by its JSON schema. Those neither required nor given a default may be missing. */
export type ActionParams<M extends MetaSource, A extends ActionName<M>> = string extends A
  ? Readonly<Record<string, unknown>>
  : PropertiesOf<ParamsOf<Section<M, 'actions'>[A]>, RequiredOf<Section<M, 'actions'>[A]>>;

type ParamsOf<A> = A extends { readonly params: infer P } ? P : object;
