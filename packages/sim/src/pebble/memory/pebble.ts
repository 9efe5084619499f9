// A Pebble in memory, for tests: the same engine and the same API as the embedded one, with scripts in place of programs, a tree of files
// in memory, and a clock of its own.

import { parseLayerText } from '@charmed/ops/internal';
import type { PebbleTransport } from '@charmed/ops/pebble';
import { realFiles } from '../backend/files.ts';
import { Root } from '../backend/root.ts';
import { Engine } from '../engine/engine.ts';
import type { CheckSeed } from '../engine/checks.ts';
import type { Clock } from '../engine/clock.ts';
import type { Files } from '../engine/files.ts';
import type { Notice } from '../engine/notices.ts';
import { ProbeError } from '../engine/probe.ts';
import type { ServiceStatus } from '../engine/service.ts';
import { apiRoutes } from '../server/routes.ts';
import { MemoryFiles } from './files.ts';
import { ManualClock } from './manual-clock.ts';
import { type ExecScript, MemoryProcesses, type PlayedService, type ServiceScript } from './processes.ts';
import { memoryTransport } from './transport.ts';
import { MemoryUsers } from './users.ts';

export interface MemoryPebbleOptions {
  /** By label, the lowest first; YAML, of which JSON is a part. */
  readonly layers?: Readonly<Record<string, string>>;
  /** What services are before anything happens; others were never started. */
  readonly services?: Readonly<Record<string, ServiceStatus>>;
  readonly checks?: Readonly<Record<string, CheckSeed>>;
  readonly notices?: readonly Notice[];
  /** A directory whose files are the container's, in place of `files`; all of them belong to whoever runs this. */
  readonly root?: string;
  /** A directory that links in the root may lead to. */
  readonly mounted?: string;
  /** What every process inherits. Default: a PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the clock begins. Default: now. */
  readonly start?: Date;
  /** The script of a command; by default nothing can be run. */
  readonly exec?: (command: readonly string[]) => ExecScript | undefined;
  /** The script of a service; by default each runs until it is stopped. */
  readonly service?: (name: string) => ServiceScript | undefined;
}

const bootId = '00000000-0000-4000-8000-000000000000';
const defaultEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

export class MemoryPebble {
  readonly engine: Engine;
  readonly files: MemoryFiles;
  readonly clock: ManualClock;
  readonly transport: PebbleTransport;
  readonly #processes: MemoryProcesses;
  readonly #failing = new Map<string, string>();

  /** @throws LayerError when the layers make no plan. */
  constructor(options: MemoryPebbleOptions = {}) {
    const { layers = {}, environment = defaultEnvironment, start = new Date() } = options;
    const users = new MemoryUsers();
    this.clock = new ManualClock(start);
    this.files = new MemoryFiles(this.clock, users);
    const { exec = () => undefined, service = () => undefined } = options;
    this.#processes = new MemoryProcesses({ exec, service }, this.clock);
    this.engine = new Engine(
      Object.entries(layers).map(([label, text]) => parseLayerText(label, text)),
      {
        clock: this.clock,
        processes: this.#processes,
        users,
        environment,
        prober: async (check) => {
          const reason = this.#failing.get(check);
          if (reason !== undefined) throw new ProbeError(reason);
        },
        // Nobody is there to take lines.
        logSenders: {
          hostname: 'memory',
          post: async () => 0,
          openSyslog: () => ({ send: async () => 0, close: () => undefined }),
        },
        saved: { notices: { lastId: lastIdOf(options.notices ?? []), notices: options.notices ?? [] } },
        random: () => 0,
        shutdown: () => undefined,
      },
    );
    for (const [name, status] of Object.entries(options.services ?? {})) this.engine.services.seed(name, status);
    for (const [name, seed] of Object.entries(options.checks ?? {})) this.engine.checks.seed(name, seed);
    this.transport = memoryTransport({
      engine: this.engine,
      routes: apiRoutes(
        this.engine,
        options.root === undefined ? this.files : filesBelow(options.root, options.mounted),
        bootId,
        patient(this.clock),
      ),
      passTime: () => {
        if (this.#processes.playing === 0) this.clock.step();
      },
    });
  }

  /** The services that run, to be ended or made to print. */
  get running(): ReadonlyMap<string, PlayedService> {
    return this.#processes.running;
  }

  /** Lets a check fail from now on. */
  failCheck(name: string, reason = 'exit status 1'): void {
    this.#failing.set(name, reason);
  }

  /** Lets a check succeed from now on, as all do at first. */
  passCheck(name: string): void {
    this.#failing.delete(name);
  }
}

function filesBelow(root: string, mounted?: string): Files {
  const files = realFiles(new Root(root, mounted));
  return {
    ...files,
    write: (path, source, options) => files.write(path, source, { ...options, owner: undefined }),
    makeDir: (path, options) => files.makeDir(path, { ...options, owner: undefined }),
  };
}

// A client asks again and again while something takes its time, which costs real time each time.
function patient(clock: Clock): Clock {
  const longer = (ms: number) => (ms < 1000 ? ms : ms * 60);
  return { now: () => clock.now(), after: (ms, callback) => clock.after(longer(ms), callback) };
}

function lastIdOf(notices: readonly Notice[]): number {
  return Math.max(0, ...notices.map(({ id }) => Number(id)).filter((id) => !Number.isNaN(id)));
}
