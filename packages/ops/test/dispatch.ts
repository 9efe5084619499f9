// Runs a charm for one event in memory, over a scripted runner and a store that outlives the dispatch.

import type { CharmClass, CharmFramework } from '../src/charm/charm-base.ts';
import type { Store, StoreContents } from '../src/framework/store.ts';
import { inCallOrder } from '../src/hookcmds/in-call-order.ts';
import { localFiles } from '../src/io/local-files.ts';
import { jujuContextFrom } from '../src/juju/context.ts';
import type { LogLevel } from '../src/log.ts';
import type { MetaSource } from '../src/meta/source.ts';
import type { PebbleTransport } from '../src/pebble/transport.ts';
import { run } from '../src/run.ts';
import { ScriptedRunner, type Answer } from './scripted-runner.ts';

export class MemoryStore implements Store {
  contents: StoreContents = { notices: [], states: new Map() };
  commits = 0;

  async load(): Promise<StoreContents> {
    return this.contents;
  }

  async commit(contents: StoreContents): Promise<void> {
    this.contents = contents;
    this.commits += 1;
  }

  async close(): Promise<void> {}
}

export interface DispatchOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly store?: Store;
  readonly meta?: MetaSource;
  readonly strict?: boolean;
  readonly clock?: { now(): number };
  readonly pebble?: (container: string) => PebbleTransport;
}

export interface Dispatched {
  readonly runner: ScriptedRunner;
  readonly log: readonly { readonly level: LogLevel; readonly message: string }[];
  readonly framework: CharmFramework | undefined;
}

const NO_PEBBLE: PebbleTransport = {
  request: () => Promise.reject(new Error('no Pebble here')),
  websocket: () => Promise.reject(new Error('no Pebble here')),
  close: () => Promise.resolve(),
};

/** @param path such as `hooks/config-changed`. */
export async function dispatch(charm: CharmClass, path: string, options: DispatchOptions = {}): Promise<Dispatched> {
  const runner = new ScriptedRunner(options.answers);
  const log: { level: LogLevel; message: string }[] = [];
  let framework: CharmFramework | undefined;
  await run(charm, {
    context: jujuContextFrom({
      JUJU_UNIT_NAME: 'web/0',
      JUJU_MODEL_NAME: 'test',
      JUJU_VERSION: '3.6.14',
      JUJU_DISPATCH_PATH: path,
      ...(path.startsWith('hooks/') && { JUJU_HOOK_NAME: path.slice('hooks/'.length) }),
      ...options.environment,
    }),
    runner: inCallOrder(runner),
    log: { log: (level, message) => log.push({ level, message }), flush: () => Promise.resolve() },
    store: options.store ?? new MemoryStore(),
    clock: options.clock ?? { now: () => 0 },
    pebble: options.pebble ?? (() => NO_PEBBLE),
    files: localFiles,
    readMeta: async () => options.meta ?? { name: 'web' },
    onCharm: (created) => {
      framework = created;
    },
    ...(options.strict !== undefined && { strict: options.strict }),
  });
  return { runner, log, framework };
}
