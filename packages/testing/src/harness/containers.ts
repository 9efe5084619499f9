// The containers of a harness, each with a Pebble in memory from its first use on. Its files are in a real directory.

import {
  combineLayers,
  PebbleConnectionError,
  type NoticeType,
  type PebbleTransport,
  type Plan,
} from '@charmed/ops/pebble';
import { MemoryPebble, SpawnError, type ExecOutcome, type ExecScript } from '@charmed/sim/pebble';
import type { ExecArgs } from '../run/exec-args.ts';
import { CheckInfo } from '../state/check-info.ts';
import { Container } from '../state/container.ts';
import { Notice } from '../state/notice.ts';
import { HarnessError } from './errors.ts';
import type { Emitter } from './emitter.ts';
import type { OwnDirectory } from './own-directory.ts';
import type { World } from './world.ts';

/** How a command ends. */
export interface ExecResult {
  /** Default: 0. */
  readonly exitCode?: number;
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string | Uint8Array;
  /** How long it takes by the clock of the container, in milliseconds, for what has a time limit. Default: no time. */
  readonly takesMs?: number;
}

/** Plays a command; nothing returned is a command that says nothing and succeeds. */
export type ExecHandler = (args: ExecArgs) => ExecResult | void | Promise<ExecResult | void>;

/** What a command does: a function, how it ends, or its exit code or what it prints. */
export type ExecAnswer = ExecHandler | ExecResult | number | string | Uint8Array;

export interface NotifyOptions {
  readonly data?: Readonly<Record<string, string>>;
  /** In milliseconds. Default: every time. */
  readonly repeatAfterMs?: number;
  /** Default: `custom`. */
  readonly type?: NoticeType;
}

const MINUTE_MS = 60_000;

interface Live {
  readonly pebble: MemoryPebble;
  readonly execs: { readonly prefix: readonly string[]; readonly handler: ExecHandler }[];
  canConnect: boolean;
}

export class Containers {
  readonly #world: World;
  readonly #charm: Emitter;
  readonly #directory: OwnDirectory;
  readonly #containers = new Map<string, Live>();

  constructor(world: World, charm: Emitter, directory: OwnDirectory) {
    this.#world = world;
    this.#charm = charm;
    this.#directory = directory;
  }

  transport(name: string): PebbleTransport {
    return {
      request: async (request) => this.#connected(name).transport.request(request),
      websocket: async (path, signal) => this.#connected(name).transport.websocket(path, signal),
      close: () => Promise.resolve(),
    };
  }

  setCanConnect(name: string, canConnect: boolean): void {
    this.#live(name).canConnect = canConnect;
    this.#charm.forget();
  }

  async pebbleReady(name: string): Promise<void> {
    const live = this.#live(name);
    if (!this.#charm.hasBegun) return;
    live.canConnect = true;
    this.#charm.forget();
    await this.#charm.emit({ what: 'pebble-ready', container: new Container(name) });
  }

  /** @throws PebbleConnectionError while nothing can connect. */
  plan(name: string): Plan {
    return combineLayers([...this.#connected(name).engine.plan.layers().values()]);
  }

  root(name: string): string {
    this.#live(name);
    return this.#directory.at('containers', name);
  }

  handleExec(name: string, prefix: readonly string[], answer: ExecAnswer): void {
    const { execs } = this.#live(name);
    const isSame = (other: readonly string[]) => JSON.stringify(other) === JSON.stringify(prefix);
    const known = execs.findIndex((each) => isSame(each.prefix));
    execs.splice(known === -1 ? execs.length : known, 1, { prefix, handler: handlerOf(answer) });
  }

  /** Returns the id of the notice. */
  async notify(name: string, key: string, options: NotifyOptions): Promise<string> {
    const { pebble } = this.#live(name);
    const { data = {}, repeatAfterMs = 0, type = 'custom' } = options;
    const before = repetitionsOf(pebble, type, key);
    const id = pebble.engine.notices.record({ userId: 0, type, key, data, repeatAfterMs });
    if (!this.#charm.hasBegun || repetitionsOf(pebble, type, key) === before) return id;
    if (type === 'custom') await this.#noticed(name, new Notice(key, { id, type }));
    else if (type === 'change-update') await this.#checked(name, pebble, key, data);
    return id;
  }

  /** Lets a check fail until it is down, and tells the charm; it is asked again and again meanwhile, by the clock of the container. */
  async failCheck(name: string, check: string): Promise<void> {
    const { pebble } = this.#live(name);
    requireCheck(pebble, check);
    pebble.failCheck(check);
    await this.#untilCheck(name, pebble, check, 'down', 'pebble-check-failed');
  }

  /** Lets it succeed again. */
  async passCheck(name: string, check: string): Promise<void> {
    const { pebble } = this.#live(name);
    requireCheck(pebble, check);
    pebble.passCheck(check);
    await this.#untilCheck(name, pebble, check, 'up', 'pebble-check-recovered');
  }

  async #untilCheck(
    name: string,
    pebble: MemoryPebble,
    check: string,
    status: 'up' | 'down',
    what: 'pebble-check-failed' | 'pebble-check-recovered',
  ): Promise<void> {
    if (requireCheck(pebble, check) === status) return;
    while (requireCheck(pebble, check) !== status) await pebble.clock.advance(MINUTE_MS);
    if (!this.#charm.hasBegun) return;
    await this.#charm.emitIfEnabled({ what, container: new Container(name), check: new CheckInfo(check) });
  }

  async #noticed(name: string, notice: Notice): Promise<void> {
    await this.#charm.emit({ what: 'pebble-custom-notice', container: new Container(name), notice });
  }

  // Juju makes these events of what a change of a check says.
  async #checked(
    name: string,
    pebble: MemoryPebble,
    change: string,
    data: Readonly<Record<string, string>>,
  ): Promise<void> {
    const check = data['check-name'];
    const status = pebble.engine.changes.list().find(({ id }) => id === change)?.status;
    if (check === undefined) return;
    const event = { container: new Container(name), check: new CheckInfo(check) };
    if (data['kind'] === 'perform-check' && status === 'Error')
      await this.#charm.emit({ what: 'pebble-check-failed', ...event });
    if (data['kind'] === 'recover-check' && status === 'Done')
      await this.#charm.emit({ what: 'pebble-check-recovered', ...event });
  }

  #connected(name: string): MemoryPebble {
    const { pebble, canConnect } = this.#live(name);
    if (canConnect) return pebble;
    throw new PebbleConnectionError(
      `cannot connect to Pebble in container ${name}: call setCanConnect, containerPebbleReady or beginWithInitialHooks first`,
    );
  }

  #live(name: string): Live {
    const known = this.#containers.get(name);
    if (known) return known;
    const declared = Object.keys(this.#world.meta.containers ?? {});
    if (!declared.includes(name)) {
      throw new HarnessError(`cannot find container ${name}: the metadata declares ${declared.join(', ') || 'none'}`);
    }
    const execs: Live['execs'] = [];
    const pebble = new MemoryPebble({
      root: this.#directory.at('containers', name),
      mounted: this.#directory.at('storages'),
      exec: (command) => scriptFor(name, execs, command),
    });
    const live = { pebble, execs, canConnect: false };
    this.#containers.set(name, live);
    return live;
  }
}

// Only one that runs can come to fail.
function requireCheck({ engine }: MemoryPebble, name: string): 'up' | 'down' {
  const found = engine.checks.list().find((each) => each.name === name);
  if (found && found.status !== 'inactive') return found.status;
  const reason = found ? 'it is not running' : 'the charm has added no such check';
  throw new HarnessError(`cannot change how check ${name} does: ${reason}`);
}

function repetitionsOf({ engine }: MemoryPebble, type: string, key: string): string {
  const [notice] = engine.notices.list({ userId: undefined, types: [type], keys: [key], after: undefined });
  return notice ? `${notice.lastRepeated.date.toISOString()} ${notice.lastRepeated.nanos}` : '';
}

function handlerOf(answer: ExecAnswer): ExecHandler {
  if (typeof answer === 'function') return answer;
  if (typeof answer === 'number') return () => ({ exitCode: answer });
  if (typeof answer === 'string' || answer instanceof Uint8Array) return () => ({ stdout: answer });
  return () => answer;
}

function scriptFor(container: string, execs: Live['execs'], command: readonly string[]): ExecScript {
  const fitting = execs.filter(({ prefix }) => prefix.every((word, index) => command[index] === word));
  const [exec] = fitting.toSorted((a, b) => b.prefix.length - a.prefix.length);
  return async ({ environment, workingDir, uid, gid, stdin }): Promise<ExecOutcome> => {
    if (!exec) {
      const words = JSON.stringify(command);
      throw new SpawnError(
        `nothing plays ${words}: give the harness a handler with handleExec('${container}', ${words}, 0)`,
      );
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    return (await exec.handler({ command, environment, workingDir, userId: uid, groupId: gid, stdin: text })) ?? {};
  };
}
