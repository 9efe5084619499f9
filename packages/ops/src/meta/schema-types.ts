// What the parameters of an action hold, inferred from their JSON schemas (draft 4).

/**
 * The values of an object by the schemas of its properties. Those that are required are there, and those that have a default, since Juju
 * fills it in; others may be missing.
 */
export type PropertiesOf<P, R> = { readonly [K in Given<P, R>]: ValueOf<P[K]> } & {
  readonly [K in Exclude<keyof P, Given<P, R>>]?: ValueOf<P[K]>;
};

/** The names that the `required` of an object or action lists. */
export type RequiredOf<S> = S extends { readonly required: readonly (infer R)[] } ? R : never;

type Given<P, R> = { [K in keyof P]: K extends R ? K : HasDefault<P[K]> extends true ? K : never }[keyof P];

// Juju makes an object that nobody gave when one of its properties has a default.
type HasDefault<S> = S extends { readonly default: unknown }
  ? true
  : S extends { readonly properties: infer P }
    ? true extends { [K in keyof P]: HasDefault<P[K]> }[keyof P]
      ? true
      : false
    : false;

type ValueOf<S> = S extends { readonly default: null } ? SchemaType<S> | null : SchemaType<S>;

type SchemaType<S> = S extends { readonly enum: readonly (infer E)[] }
  ? E
  : S extends { readonly type: infer T }
    ? T extends readonly (infer U)[]
      ? TypeNamed<U, S>
      : TypeNamed<T, S>
    : S extends { readonly oneOf: readonly (infer U)[] } | { readonly anyOf: readonly (infer U)[] }
      ? SchemaType<U>
      : unknown;

interface Scalars {
  readonly string: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly null: null;
}

type TypeNamed<T, S> = T extends keyof Scalars
  ? Scalars[T]
  : T extends 'array'
    ? readonly (S extends { readonly items: infer I } ? SchemaType<I> : unknown)[]
    : T extends 'object'
      ? ObjectOf<S>
      : unknown;

type ObjectOf<S> = S extends { readonly properties: infer P }
  ? PropertiesOf<P, RequiredOf<S>>
  : S extends { readonly additionalProperties: infer A extends object }
    ? Readonly<Record<string, SchemaType<A>>>
    : Readonly<Record<string, unknown>>;
