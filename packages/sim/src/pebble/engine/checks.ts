// All checks of the plan: which run, and how the workload does by them (canonical/pebble internals/overlord/checkstate/manager.go).

import { isDeepStrictEqual } from 'node:util';
import { type CheckConfig, quote } from '@charmed/ops/internal';
import type { Change } from './change.ts';
import type { Changes } from './changes.ts';
import { type Counts, CheckWatch, type WatchKind, probeOnce } from './check-watch.ts';
import type { Clock } from './clock.ts';
import { badRequest } from './errors.ts';

export interface CheckInfo extends Counts {
  readonly name: string;
  readonly level: string | undefined;
  readonly startup: string;
  readonly status: 'up' | 'down' | 'inactive';
  readonly threshold: number;
  readonly changeId: string | undefined;
  readonly prevChangeId: string | undefined;
}

/** Where a check is to begin. */
export interface CheckSeed extends Partial<Counts> {
  readonly status: 'up' | 'down' | 'inactive';
}

/** What checks need of the world around them. */
export interface CheckHost {
  readonly clock: Clock;
  /** The checks of the plan, each with the context of its service. */
  planned(): ReadonlyMap<string, CheckConfig>;
  probe(name: string, config: CheckConfig, signal: AbortSignal): Promise<void>;
  /** The check has reached its threshold. */
  onFailure(name: string): void;
}

interface Running {
  readonly change: Change;
  readonly config: CheckConfig;
  readonly watch: CheckWatch;
}

interface Known {
  info: CheckInfo;
  running: Running | undefined;
  readonly totals: { successes: number; failures: number };
}

const defaultPeriodMs = 10_000;
const defaultTimeoutMs = 3000;
const defaultThreshold = 3;
const none: Counts = { successes: 0, failures: 0 };

export class Checks {
  readonly #changes: Changes;
  readonly #host: CheckHost;
  readonly #known = new Map<string, Known>();

  constructor(changes: Changes, host: CheckHost) {
    this.#changes = changes;
    this.#host = host;
  }

  /** By name. */
  list(): CheckInfo[] {
    return this.#sorted().map(({ info }) => info);
  }

  /** By name: each with how many of its probes have succeeded and failed since Pebble has started. */
  totals(): readonly (readonly [info: CheckInfo, totals: Counts])[] {
    return this.#sorted().map(({ info, totals }) => [info, totals]);
  }

  /** Returns those that were stopped. @throws PebbleError when one is not in the plan. */
  start(names: readonly string[]): string[] {
    return this.#each('start', names, (name, config, known) => {
      if (known.running !== undefined) return false;
      this.#watch(name, config, 'perform', none, undefined);
      return true;
    });
  }

  /** Returns those that ran. Their counts stay as they are. @throws PebbleError when one is not in the plan. */
  stop(names: readonly string[]): string[] {
    return this.#each('stop', names, (name, config, known) => {
      if (known.running === undefined) return false;
      this.#abort(known);
      this.#update(name, config, known.info, undefined, known.info.prevChangeId);
      return true;
    });
  }

  /** Probes now. Returns why that has failed, if it has. */
  async refresh(name: string, signal: AbortSignal): Promise<{ info: CheckInfo; error: string | undefined }> {
    const config = this.#host.planned().get(name);
    const known = this.#known.get(name);
    if (config === undefined || known === undefined) throw new Error(`there is no check ${name}`);
    const probe = { timeoutMs: timeoutOf(config), probe: (end: AbortSignal) => this.#host.probe(name, config, end) };
    const error = await (known.running?.watch.refresh(signal) ?? probeOnce(probe, signal, this.#host.clock));
    return { info: (this.#known.get(name) ?? known).info, error };
  }

  /** Puts a check of the plan where it is to begin. */
  seed(name: string, { status, successes = 0, failures }: CheckSeed): void {
    const config = this.#host.planned().get(name);
    if (config === undefined) throw badRequest(`cannot find check ${quote(name)} in plan`);
    const known = this.#known.get(name);
    if (known !== undefined) this.#abort(known);
    const counts = {
      successes,
      failures: failures ?? (status === 'down' ? (config.threshold ?? defaultThreshold) : 0),
    };
    if (status === 'inactive') this.#update(name, config, counts, undefined, undefined);
    else this.#watch(name, config, status === 'up' ? 'perform' : 'recover', counts, undefined);
  }

  /** Stops what is gone or different, and starts what is new, different or stopped, unless it is not to start by itself. */
  planChanged(): void {
    const planned = this.#host.planned();
    for (const [name, known] of this.#known) this.#follow(name, known, planned.get(name));
    for (const [name, config] of planned) {
      if (this.#known.get(name)?.running !== undefined) continue;
      if (isEnabled(config)) this.#watch(name, config, 'perform', none, undefined);
      else this.#update(name, config, none, undefined, undefined);
    }
  }

  /** Starts all that is stopped and should run. */
  replan(): void {
    for (const [name, config] of this.#host.planned()) {
      if (isEnabled(config) && this.#known.get(name)?.running === undefined) {
        this.#watch(name, config, 'perform', none, undefined);
      }
    }
  }

  close(): void {
    for (const known of this.#known.values()) {
      known.running?.change.interrupt();
      known.running = undefined;
    }
  }

  #sorted(): Known[] {
    return [...this.#known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, known]) => known);
  }

  #each(
    action: string,
    names: readonly string[],
    act: (name: string, config: CheckConfig, known: Known) => boolean,
  ): string[] {
    const planned = this.#host.planned();
    const missing = names.filter((name) => !planned.has(name)).toSorted();
    if (missing.length > 0)
      throw badRequest(`cannot ${action} checks: cannot find checks in plan: ${missing.join(', ')}`);
    const acted = names.filter((name) => {
      const [config, known] = [planned.get(name), this.#known.get(name)];
      return config !== undefined && known !== undefined && act(name, config, known);
    });
    return acted.toSorted();
  }

  // A check that is only no longer to start by itself goes on as it was.
  #follow(name: string, known: Known, config: CheckConfig | undefined): void {
    if (known.running === undefined) return;
    const { config: old } = known.running;
    if (isDeepStrictEqual(old, config)) return;
    if (config !== undefined && isEnabled(old) && !isEnabled(config)) return;
    this.#abort(known);
    this.#known.delete(name);
  }

  #abort(known: Known): void {
    const { running } = known;
    known.running = undefined;
    running?.change.abort();
  }

  #watch(name: string, config: CheckConfig, kind: WatchKind, counts: Counts, prevChangeId: string | undefined): void {
    const watch = new CheckWatch(
      this.#watched(name, config, () => watch),
      kind,
      counts,
      this.#host.clock,
    );
    const summary = `${kind === 'perform' ? 'Perform' : 'Recover'} ${typeOf(config)} check ${quote(name)}`;
    const task = this.#changes.newTask({
      kind: `${kind}-check`,
      summary,
      lane: 0,
      waitsFor: [],
      work: async (running, signal) => {
        let isOver = true;
        try {
          isOver = await watch.run(running, signal);
        } finally {
          // After the change has ended.
          if (isOver) void change.ready.then(() => this.#swap(name, config, kind, watch, change));
        }
      },
    });
    const noticeData = { 'check-name': name };
    const change = this.#changes.prepare({ kind: `${kind}-check`, summary, tasks: [task], services: [], noticeData });
    this.#update(name, config, counts, { change, config, watch }, prevChangeId);
    change.proceed();
  }

  #watched(name: string, config: CheckConfig, self: () => CheckWatch) {
    return {
      periodMs: periodOf(config),
      timeoutMs: timeoutOf(config),
      threshold: config.threshold ?? defaultThreshold,
      probe: (signal: AbortSignal) => this.#host.probe(name, config, signal),
      onProbe: (outcome: keyof Counts) => {
        const totals = this.#known.get(name)?.totals;
        if (totals !== undefined) totals[outcome] += 1;
      },
      onCounts: (counts: Counts) => {
        const known = this.#known.get(name);
        if (known?.running?.watch !== self()) return;
        this.#update(name, config, counts, known.running, known.info.prevChangeId);
      },
    };
  }

  #swap(name: string, config: CheckConfig, kind: WatchKind, watch: CheckWatch, change: Change): void {
    if (this.#known.get(name)?.running?.watch !== watch) return;
    if (kind === 'perform') this.#host.onFailure(name);
    this.#watch(name, config, kind === 'perform' ? 'recover' : 'perform', watch.counts, change.id);
  }

  #update(
    name: string,
    config: CheckConfig,
    { successes, failures }: Counts,
    running: Running | undefined,
    prevChangeId: string | undefined,
  ): void {
    const threshold = config.threshold ?? defaultThreshold;
    const status = failures >= threshold ? 'down' : 'up';
    const info: CheckInfo = {
      name,
      level: config.level,
      startup: config.startup ?? 'enabled',
      status: running === undefined ? 'inactive' : status,
      successes,
      failures,
      threshold,
      changeId: running?.change.id,
      prevChangeId,
    };
    const totals = this.#known.get(name)?.totals ?? { successes: 0, failures: 0 };
    this.#known.set(name, { info, running, totals });
  }
}

function isEnabled({ startup }: CheckConfig): boolean {
  return startup !== 'disabled';
}

function periodOf({ period = defaultPeriodMs }: CheckConfig): number {
  return period;
}

// No longer than the period.
function timeoutOf(config: CheckConfig): number {
  return Math.min(config.timeout ?? defaultTimeoutMs, periodOf(config));
}

function typeOf({ http, tcp }: CheckConfig): string {
  if (http !== undefined) return 'HTTP';
  return tcp === undefined ? 'exec' : 'TCP';
}
