// All services of the plan: what is known of each, and the requests that start and stop them
// (canonical/pebble internals/overlord/servstate/manager.go).

import { isDeepStrictEqual } from 'node:util';
import { type Lanes, quote, reasonOf, startOrder, stopOrder } from '@charmed/ops/internal';
import { serverError } from './errors.ts';
import type { LogBuffer } from './log-buffer.ts';
import type { Plan } from './plan.ts';
import { isSignal } from './signal.ts';
import { Service, type ServiceHost, type ServiceStatus } from './service.ts';

export interface ServiceInfo {
  readonly name: string;
  readonly startup: 'enabled' | 'disabled';
  readonly current: ServiceStatus;
  readonly since: Date | undefined;
}

export class Services {
  readonly #plan: Plan;
  readonly #host: ServiceHost;
  /** Those that were started at least once. */
  readonly #services = new Map<string, Service>();

  constructor(plan: Plan, host: ServiceHost) {
    this.#plan = plan;
    this.#host = host;
  }

  /** Sorted by name; without names, all in the plan. Names that are not in the plan are ignored. */
  list(names: readonly string[]): ServiceInfo[] {
    return [...this.#plan.services]
      .filter(([name]) => names.length === 0 || names.includes(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { startup }]) => ({
        name,
        startup: startup === 'enabled' ? 'enabled' : 'disabled',
        current: this.#services.get(name)?.status ?? 'inactive',
        since: this.#services.get(name)?.since,
      }));
  }

  /** Those that were started at least once, by name. */
  started(): Service[] {
    return [...this.#services.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  logs(names: readonly string[]): LogBuffer[] {
    return [...this.#services.values()].filter(({ name }) => names.includes(name)).map(({ logs }) => logs);
  }

  /** Those with `startup: enabled`, in the order in which they start, with all that they require. */
  defaultNames(): string[] {
    return this.startLanes(this.#enabled()).flat();
  }

  startLanes(names: readonly string[]): Lanes {
    return startOrder(this.#plan.services, names);
  }

  stopLanes(names: readonly string[]): Lanes {
    return stopOrder(this.#plan.services, names);
  }

  /** Stops what has changed since it was started, and starts that again with all that is enabled. */
  replanLanes(): { readonly stop: Lanes; readonly start: Lanes } {
    const changed = [...this.#services.values()].filter(
      ({ name, config }) => !isDeepStrictEqual(config, this.#plan.services.get(name)),
    );
    const names = changed.map(({ name }) => name);
    for (const service of changed) service.config = this.#plan.services.get(service.name) ?? service.config;
    const start = [...this.#plan.services.keys()].filter(
      (name) => names.includes(name) || this.#enabled().includes(name),
    );
    return { stop: this.stopLanes(names), start: this.startLanes(start) };
  }

  /** The lanes of a stop, with none but those that run or are about to. */
  runningLanes(): Lanes {
    const running = ['initial', 'starting', 'running', 'backoff'];
    const runs = (name: string) => running.includes(this.#services.get(name)?.state ?? '');
    return this.stopLanes([...this.#plan.services.keys()]).map((lane) => lane.filter(runs));
  }

  /** Puts a service of the plan where it is to begin. @throws PebbleError when it is not in the plan. */
  seed(name: string, status: ServiceStatus): void {
    const config = this.#plan.services.get(name);
    if (config === undefined) throw serverError(`cannot find service ${quote(name)} in plan`);
    const service = new Service(name, config, this.#host);
    this.#services.set(name, service);
    service.seed(status);
  }

  /** The service to start with the plan's latest settings, or the reason why there is nothing to do. @throws PebbleError */
  forStart(name: string): Service | string {
    const config = this.#plan.services.get(name);
    if (config === undefined) throw serverError(`cannot find service ${quote(name)} in plan`);
    const service = this.#services.get(name) ?? new Service(name, config, this.#host);
    this.#services.set(name, service);
    service.config = config;
    const started = ['initial', 'starting', 'running'].includes(service.state);
    return started ? `Service ${quote(name)} already started.` : service;
  }

  /** The service to stop, or the reason why there is nothing to do. */
  forStop(name: string): Service | string {
    const service = this.#services.get(name);
    if (service === undefined) return `Service ${quote(name)} has never been started.`;
    const { state } = service;
    if (state === 'terminating' || state === 'killing') return `Service ${quote(name)} already stopping.`;
    if (state === 'stopped') return `Service ${quote(name)} already stopped.`;
    if (state !== 'exited') return service;
    service.acknowledgeExit();
    return `Service ${quote(name)} had already exited.`;
  }

  /** Keeps services from starting again by themselves once they have been terminated. */
  retire(): void {
    for (const service of this.#services.values()) service.retire();
  }

  /** Acts on a check that has reached its threshold, as each service says. */
  checkFailed(check: string): void {
    for (const service of this.#services.values()) {
      const action = service.config['on-check-failure']?.[check];
      if (action !== undefined) service.checkFailed(action);
    }
  }

  /** Reaches all that can be reached. @throws PebbleError naming those that could not. */
  signal(names: readonly string[], signal: string): void {
    const failures = names.flatMap((name) => {
      try {
        this.#signalOne(name, signal);
        return [];
      } catch (error) {
        return [`cannot send signal to ${quote(name)}: ${reasonOf(error)}`];
      }
    });
    if (failures.length > 0) throw serverError(failures.join('; '));
  }

  #signalOne(name: string, signal: string): void {
    const service = this.#services.get(name);
    if (service?.status !== 'active') throw serverError('service is not running');
    if (!isSignal(signal)) throw serverError(`invalid signal name ${quote(signal)}`);
    service.signal(signal);
  }

  #enabled(): string[] {
    return this.list([]).flatMap(({ name, startup }) => (startup === 'enabled' ? [name] : []));
  }
}
