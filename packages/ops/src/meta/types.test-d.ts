// The types that a charm gets from its metadata.

import type { ActionParams, ConfigValues, ContainerName, RelationName, ResourceName, StorageName } from './types.ts';
import type { MetaSource } from './source.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

const meta = {
  name: 'web',
  requires: { db: { interface: 'postgresql_client' }, ingress: { interface: 'ingress', limit: 1 } },
  peers: { cluster: { interface: 'web_peers' } },
  storage: { data: { type: 'filesystem' }, cache: { type: 'block' } },
  resources: { 'web-image': { type: 'oci-image' } },
  containers: { web: { resource: 'web-image' }, sidecar: null },
  config: {
    options: {
      port: { type: 'int', default: 8080 },
      title: { type: 'string' },
      debug: { type: 'boolean', default: false },
      ratio: { type: 'float', default: 0.5 },
      password: { type: 'secret' },
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
  },
} as const satisfies MetaSource;
type Meta = typeof meta;

interface Secret {
  readonly id: string;
}
type ConfigOf<M extends MetaSource> = ConfigValues<M, Secret>;

export type Cases = [
  Expect<Equal<RelationName<Meta>, 'db' | 'ingress' | 'cluster'>>,
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
  Expect<Equal<ResourceName<Meta>, 'web-image'>>,
  // A charm without types takes any name.
  Expect<Equal<RelationName<MetaSource>, string>>,
  Expect<Equal<ConfigOf<MetaSource>[string], string | number | boolean | Secret | undefined>>,
  Expect<Equal<ActionParams<MetaSource, string>, Readonly<Record<string, unknown>>>>,
];
