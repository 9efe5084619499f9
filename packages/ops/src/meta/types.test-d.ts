// The types that a charm gets from its metadata.

import type {
  ActionName,
  ActionParams,
  BindingName,
  ConfigValues,
  ContainerName,
  RelationName,
  ResourceName,
  StorageName,
} from './types.ts';
import type { MetaSource } from './source.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

const meta = {
  name: 'web',
  requires: {
    db: { interface: 'postgresql_client' },
    ingress: { interface: 'ingress', limit: 1, optional: true },
    'juju-info': { interface: 'juju-info', scope: 'container' },
  },
  provides: { website: { interface: 'http', limit: 3 } },
  peers: { cluster: { interface: 'web_peers' } },
  storage: {
    data: { type: 'filesystem', multiple: { range: '1-3' } },
    cache: { type: 'block', multiple: { range: 2 } },
  },
  resources: { 'web-image': { type: 'oci-image' }, 'seed.tgz': { type: 'file', filename: 'seed.tgz' } },
  'extra-bindings': { admin: null },
  containers: { web: { resource: 'web-image' }, sidecar: null },
  config: {
    options: {
      port: { type: 'int', default: 8080 },
      title: { type: 'string' },
      debug: { type: 'boolean', default: false },
      ratio: { type: 'float', default: 0.5 },
      password: { type: 'secret' },
      'tls-key': { type: 'secret', default: 'secret:abc' },
      '2nd.port': { type: 'int', default: null },
    },
  },
  actions: {
    backup: {
      params: {
        compress: { type: 'boolean', default: true },
        level: { type: 'integer' },
        target: { type: 'string', enum: ['disk', 'cloud'] },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['target'],
    },
    ping: {},
    bare: null,
    '2nd-try': { params: { 'dry-run': { type: 'boolean' } }, required: ['dry-run'], additionalProperties: true },
    odd: {
      params: {
        nullable: { type: ['string', 'null'] },
        nothing: { type: 'string', default: null },
        either: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'integer' } }] },
        any: { anyOf: [{ type: 'boolean' }, { enum: ['auto'] }] },
        mixed: { enum: ['a', 1, null] },
        pair: { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] },
        list: { type: 'array' },
        matrix: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        free: { type: 'object', additionalProperties: true },
        whatever: {},
        nested: {
          type: 'object',
          required: ['host'],
          properties: {
            host: { type: 'string' },
            port: { type: 'integer' },
            tls: { type: 'object', properties: { on: { type: 'boolean', default: true }, ca: { type: 'string' } } },
          },
        },
        bare: { type: 'object', properties: { a: { type: 'string' } } },
      },
    },
  },
} as const satisfies MetaSource;
type Meta = typeof meta;
type Odd = ActionParams<Meta, 'odd'>;

interface Secret {
  readonly id: string;
}
type ConfigOf<M extends MetaSource> = ConfigValues<M, Secret>;

export type Cases = [
  Expect<Equal<RelationName<Meta>, 'db' | 'ingress' | 'juju-info' | 'website' | 'cluster'>>,
  Expect<Equal<ContainerName<Meta>, 'web' | 'sidecar'>>,
  Expect<Equal<ConfigOf<Meta>['port'], number>>,
  Expect<Equal<ConfigOf<Meta>['title'], string | undefined>>,
  Expect<Equal<ConfigOf<Meta>['debug'], boolean>>,
  Expect<Equal<ConfigOf<Meta>['password'], Secret | undefined>>,
  Expect<Equal<ActionParams<Meta, 'backup'>['compress'], boolean>>,
  Expect<Equal<ActionParams<Meta, 'backup'>['level'], number | undefined>>,
  Expect<Equal<ActionParams<Meta, 'backup'>['target'], 'disk' | 'cloud'>>,
  Expect<Equal<ActionParams<Meta, 'backup'>['tags'], readonly string[] | undefined>>,
  Expect<Equal<StorageName<Meta>, 'data' | 'cache'>>,
  Expect<Equal<ResourceName<Meta>, 'web-image' | 'seed.tgz'>>,
  Expect<Equal<BindingName<Meta>, RelationName<Meta> | 'admin'>>,
  Expect<Equal<ActionName<Meta>, 'backup' | 'ping' | 'bare' | '2nd-try' | 'odd'>>,
  Expect<Equal<ConfigOf<Meta>['tls-key'], Secret>>,
  Expect<Equal<ConfigOf<Meta>['2nd.port'], number | undefined>>,
  Expect<Equal<ConfigOf<Meta>['ratio'], number>>,
  // What a relation, storage or resource is declared to be is there as it is written.
  Expect<
    Equal<Meta['requires']['ingress'], { readonly interface: 'ingress'; readonly limit: 1; readonly optional: true }>
  >,
  Expect<Equal<Meta['requires']['juju-info']['scope'], 'container'>>,
  Expect<Equal<Meta['storage']['data']['multiple']['range'], '1-3'>>,
  Expect<Equal<keyof ActionParams<Meta, 'ping'>, never>>,
  Expect<Equal<keyof ActionParams<Meta, 'bare'>, never>>,
  Expect<Equal<ActionParams<Meta, '2nd-try'>['dry-run'], boolean>>,
  Expect<Equal<Odd['nullable'], string | null | undefined>>,
  Expect<Equal<Odd['nothing'], string | null>>,
  Expect<Equal<Odd['either'], string | readonly number[] | undefined>>,
  Expect<Equal<Odd['any'], boolean | 'auto' | undefined>>,
  Expect<Equal<Odd['mixed'], 'a' | 1 | null | undefined>>,
  Expect<Equal<Odd['pair'], readonly unknown[] | undefined>>,
  Expect<Equal<Odd['list'], readonly unknown[] | undefined>>,
  Expect<Equal<Odd['matrix'], readonly (readonly number[])[] | undefined>>,
  Expect<Equal<Odd['labels'], Readonly<Record<string, string>> | undefined>>,
  Expect<Equal<Odd['free'], Readonly<Record<string, unknown>> | undefined>>,
  Expect<Equal<Odd['whatever'], unknown>>,
  // It is always there, as one of its properties has a default.
  Expect<Equal<Odd['nested']['host'], string>>,
  Expect<Equal<Odd['nested']['port'], number | undefined>>,
  Expect<Equal<Odd['nested']['tls']['on'], boolean>>,
  Expect<Equal<Odd['nested']['tls']['ca'], string | undefined>>,
  Expect<Equal<NonNullable<Odd['bare']>['a'], string | undefined>>,
  Expect<Equal<undefined extends Odd['bare'] ? true : false, true>>,
  // A charm without types takes any name.
  Expect<Equal<RelationName<MetaSource>, string>>,
  Expect<Equal<ConfigOf<MetaSource>[string], string | number | boolean | Secret | undefined>>,
  Expect<Equal<ActionParams<MetaSource, string>, Readonly<Record<string, unknown>>>>,
];
