// Which lines go to which log target (canonical/pebble internals/overlord/logstate/manager.go).

import { isDeepStrictEqual } from 'node:util';
import type { LogTargetConfig } from '@charmed/ops/internal';
import type { Clock } from './clock.ts';
import type { LogLine } from './log-buffer.ts';
import { type LogSender, LogTarget } from './log-target.ts';
import type { Plan } from './plan.ts';

// How long lines may take to leave when Pebble ends.
const lastFlushMs = 2000;

interface Known {
  readonly config: LogTargetConfig;
  readonly target: LogTarget | undefined;
}

export class LogForwarding {
  readonly #plan: Plan;
  readonly #send: LogSender;
  readonly #clock: Clock;
  readonly #targets = new Map<string, Known>();

  constructor(plan: Plan, send: LogSender, clock: Clock) {
    this.#plan = plan;
    this.#send = send;
    this.#clock = clock;
  }

  /** Makes targets that are new or different, and lets go of those that are gone. */
  planChanged(): void {
    for (const [name, { config, target }] of this.#targets) {
      if (isDeepStrictEqual(config, this.#plan.logTargets.get(name))) continue;
      this.#targets.delete(name);
      void target?.flush();
    }
    for (const [name, config] of this.#plan.logTargets) {
      if (this.#targets.has(name)) continue;
      const labels = (service: string) => this.#labels(config, service);
      this.#targets.set(name, { config, target: LogTarget.of(config, labels, this.#send, this.#clock) });
    }
  }

  forward(line: LogLine): void {
    for (const { config, target } of this.#targets.values()) {
      if (takes(config.services ?? [], line.service)) target?.add(line);
    }
  }

  /** Sends what is left, unless that takes too long. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = this.#clock.after(lastFlushMs, resolve);
    const flushes = [...this.#targets.values()].flatMap(({ target }) => (target === undefined ? [] : [target.flush()]));
    await Promise.race([Promise.all(flushes), late]);
    timer.cancel();
  }

  // `$NAME` and `${NAME}` are variables of the service.
  #labels({ labels = {} }: LogTargetConfig, service: string): Readonly<Record<string, string>> {
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
