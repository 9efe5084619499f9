// Which lines go to which log target (canonical/pebble internals/overlord/logstate/manager.go).

import type { LogTargetConfig } from '@charmed/ops/internal';
import type { Clock } from './clock.ts';
import type { LogBuffer, LogLine } from './log-buffer.ts';
import { logClientOf } from './log-client.ts';
import type { Labels, LogSenders } from './log-ports.ts';
import { type LogSource, LogTarget } from './log-target.ts';
import type { Plan } from './plan.ts';

// How long lines may take to leave when Pebble ends.
const lastFlushMs = 2000;

export interface LogForwardingPorts {
  readonly clock: Clock;
  readonly senders: LogSenders;
  /** Of the services that were started at least once, by name. */
  buffers(): ReadonlyMap<string, LogBuffer>;
}

export class LogForwarding {
  readonly #plan: Plan;
  readonly #ports: LogForwardingPorts;
  /** `undefined` where a target cannot be reached. */
  readonly #targets = new Map<string, LogTarget | undefined>();
  /** The services whose lines are known to be there. */
  #known: ReadonlySet<string> = new Set();

  constructor(plan: Plan, ports: LogForwardingPorts) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** Makes targets that are new, and lets go of those that are gone. One that has changed stays at its old location, as in Pebble. */
  planChanged(): void {
    const { clock, senders } = this.#ports;
    for (const [name, target] of this.#targets) {
      if (this.#plan.logTargets.has(name)) continue;
      this.#targets.delete(name);
      void target?.close();
    }
    for (const [name, config] of this.#plan.logTargets) {
      if (!this.#targets.has(name)) {
        const client = logClientOf(config, senders);
        this.#targets.set(name, client && new LogTarget(client, clock));
      }
      this.#targets.get(name)?.follow(this.#sourcesOf(config));
    }
    this.#known = new Set(this.#ports.buffers().keys());
  }

  /** A service has written a line. */
  forward({ service }: LogLine): void {
    if (!this.#known.has(service)) this.#begin(service);
    for (const target of this.#targets.values()) target?.wake();
  }

  #begin(service: string): void {
    this.#known = new Set([...this.#known, service]);
    for (const [name, target] of this.#targets) {
      const source = this.#sourcesOf(this.#plan.logTargets.get(name) ?? {}).get(service);
      if (source) target?.add(service, source);
    }
  }

  /** Sends what is left, unless that takes too long. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = this.#ports.clock.after(lastFlushMs, resolve);
    await Promise.race([Promise.all([...this.#targets.values()].map(async (target) => target?.close())), late]);
    timer.cancel();
  }

  #sourcesOf(config: LogTargetConfig): ReadonlyMap<string, LogSource> {
    const { services } = this.#plan;
    const taken = [...this.#ports.buffers()].filter(
      ([name]) => services.has(name) && takes(config.services ?? [], name),
    );
    return new Map(taken.map(([name, buffer]) => [name, { buffer, labels: this.#labels(config, name) }]));
  }

  // `$NAME` and `${NAME}` are variables of the service.
  #labels({ labels = {} }: LogTargetConfig, service: string): Labels {
    const environment = this.#plan.services.get(service)?.environment ?? {};
    const expand = (text: string) =>
      text.replaceAll(/\$(?:\{(\w*)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
        return environment[braced ?? bare ?? ''] ?? '';
      });
    return Object.fromEntries(Object.entries(labels).map(([key, text]) => [key, expand(text)]));
  }
}

// The last that speaks of the service counts.
function takes(services: readonly string[], name: string): boolean {
  const last = services.findLast((each) => [name, `-${name}`, 'all', '-all'].includes(each));
  return last === name || last === 'all';
}
