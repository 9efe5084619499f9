// A script: calls of a harness, and what the charm's handlers do meanwhile.

import type { MetaSource } from '@charmed/ops';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The name of a method of Harness, or of one of the observations in `play.ts` and `play.py`, and its arguments. `{ options: … }` at the
 * end are Python's keyword arguments; `$2` is what the third call has given.
 */
export type Call = readonly [verb: string, ...args: Json[]];

export interface Script {
  readonly name: string;
  /** Default: {@link META}. */
  readonly meta?: MetaSource;
  /** What the charm does for each kind of event; it observes all. */
  readonly handlers?: Readonly<Record<string, readonly Call[]>>;
  readonly calls: readonly Call[];
}

/** What a call has given, and what the charm has seen in it. */
export interface Outcome {
  readonly result?: unknown;
  readonly error?: unknown;
  readonly seen: readonly (readonly unknown[])[];
}

export const META: MetaSource = {
  name: 'app',
  requires: { db: { interface: 'sql' } },
  provides: { site: { interface: 'http' } },
  peers: { cluster: { interface: 'cluster' } },
  storage: {
    data: { type: 'filesystem', multiple: { range: '0-' } },
    logs: { type: 'filesystem', multiple: { range: '0-' } },
  },
  containers: { web: {}, side: {} },
  resources: { image: { type: 'oci-image' }, blob: { type: 'file', filename: 'blob.txt' } },
  config: {
    options: {
      port: { type: 'int', default: 80 },
      name: { type: 'string' },
      debug: { type: 'boolean', default: false },
      rate: { type: 'float', default: 0.5 },
    },
  },
  actions: {
    greet: { params: { name: { type: 'string', default: 'world' }, times: { type: 'integer' } } },
    strict: { params: { who: { type: 'string', default: 'me' } }, required: ['who'] },
    open: { params: { a: { type: 'string' } }, additionalProperties: true },
    'two-words': {},
  },
};
