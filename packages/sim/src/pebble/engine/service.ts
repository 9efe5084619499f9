// One service and the states it goes through (canonical/pebble internals/overlord/servstate/state-diagram.svg and handlers.go).

import type { ServiceConfig } from '@charmed/ops/internal';
import { defaultBackoffLimitMs, nextBackoff, withJitter } from './backoff.ts';
import type { Clock, Timer } from './clock.ts';
import { PebbleError, serverError } from './errors.ts';
import { LogBuffer, type LogLine } from './log-buffer.ts';
import { type ServiceProcess, SpawnError } from './process.ts';

/** A service is `initial` while its process is being spawned. */
export type ServiceState =
  | 'initial'
  | 'starting'
  | 'running'
  | 'terminating'
  | 'killing'
  | 'stopped'
  | 'backoff'
  | 'exited';

export type ServiceStatus = 'active' | 'inactive' | 'backoff' | 'error';

/** What a service needs of the world around it. */
export interface ServiceHost {
  readonly clock: Clock;
  /** From 0 to 1. */
  random(): number;
  /** The service has written a line. */
  onLog(line: LogLine): void;
  spawn(name: string, config: ServiceConfig, onOutput: (chunk: Uint8Array) => void): Promise<ServiceProcess>;
  /** The service asks for the end of the whole Pebble. */
  shutdown(exitCode: number): void;
}

/** How long a service must run to count as started. */
const okayDelayMs = 1000;
export const defaultKillDelayMs = 5000;
// How long a process may outlive SIGKILL.
const failDelayMs = 5000;
// Pebble's exit codes after a service, or a check on it, has failed.
const serviceFailure = 10;
const checkFailure = 11;

const statuses: Readonly<Record<ServiceState, ServiceStatus>> = {
  initial: 'active',
  starting: 'active',
  running: 'active',
  terminating: 'inactive',
  killing: 'inactive',
  stopped: 'inactive',
  backoff: 'backoff',
  exited: 'error',
};

/** The process ran, but not long enough. */
export class StartAttemptError extends PebbleError {
  constructor(reason: string) {
    super(500, `service start attempt: ${reason}`);
  }
}

export class Service {
  readonly name: string;
  readonly logs: LogBuffer;
  /** What it runs with from its next start on. */
  config: ServiceConfig;
  readonly #host: ServiceHost;
  #state: ServiceState = 'stopped';
  #since: Date | undefined;
  #process: ServiceProcess | undefined;
  #spawning: Promise<void> = Promise.resolve();
  #started = Promise.withResolvers<void>();
  #stopped = Promise.withResolvers<void>();
  #backoffMs = 0;
  #starts = 0;
  /** Whether it is to start again once it has been terminated. */
  #isRestarting = false;
  #timer: Timer | undefined;
  #resetTimer: Timer | undefined;

  constructor(name: string, config: ServiceConfig, host: ServiceHost) {
    this.name = name;
    this.config = config;
    this.logs = new LogBuffer(name, host.clock);
    this.logs.follow((line) => host.onLog(line));
    this.#host = host;
  }

  get state(): ServiceState {
    return this.#state;
  }

  get status(): ServiceStatus {
    return statuses[this.#state];
  }

  /** How many times a process of it has been started. */
  get starts(): number {
    return this.#starts;
  }

  /** When the status last changed; `undefined` before the first start. */
  get since(): Date | undefined {
    return this.#since;
  }

  /**
   * Resolves when it has run for a second. Rejects with Pebble's text when it cannot be spawned, exits before, is stopped
   * or the signal is aborted.
   */
  async start(signal: AbortSignal): Promise<void> {
    if (!['stopped', 'backoff', 'exited'].includes(this.#state)) {
      throw serverError(`cannot start service while ${this.#state}`);
    }
    this.#timer?.cancel();
    this.#backoffMs = 0;
    this.#started = Promise.withResolvers();
    this.#enter('initial');
    this.#spawning = this.#spawn();
    try {
      await this.#spawning;
    } catch (error) {
      this.#enter('stopped');
      throw error instanceof SpawnError ? serverError(`cannot start service: ${error.message}`) : error;
    }
    this.#enter('starting');
    this.#timer = this.#host.clock.after(okayDelayMs, () => this.#okay());
    const abort = () => this.#abortStart();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    await this.#started.promise.finally(() => signal.removeEventListener('abort', abort));
  }

  /** SIGTERM, and after the kill delay SIGKILL. Rejects when the process outlives even that. */
  async stop(): Promise<void> {
    await this.#spawning.catch(() => undefined);
    this.#stopped = Promise.withResolvers();
    switch (this.#state) {
      case 'starting':
        this.#started.reject(new StartAttemptError('stopped before the 1s okay delay'));
        this.#terminate();
        return this.#stopped.promise;
      case 'running':
        this.#terminate();
        return this.#stopped.promise;
      case 'backoff':
        this.#timer?.cancel();
        this.#enter('stopped');
        return undefined;
      case 'stopped':
        return undefined;
      default:
        throw serverError(`cannot stop service while ${this.#state}`);
    }
  }

  /** Puts it where it is to begin; one that is to be active starts a process. */
  seed(status: ServiceStatus): void {
    if (status !== 'active') {
      this.#enter(status === 'error' ? 'exited' : status === 'backoff' ? 'backoff' : 'stopped');
      return;
    }
    this.#enter('running');
    this.#spawning = this.#spawn().catch(() => this.#enter('exited'));
  }

  /** Keeps a service that is being terminated from starting again. */
  retire(): void {
    this.#isRestarting = false;
  }

  /** Says that somebody has taken note of the exit: an exited service becomes a stopped one. */
  acknowledgeExit(): void {
    this.#enter('stopped');
  }

  /** Acts on a check that has reached its threshold, unless the service is being started or stopped. */
  checkFailed(action: string): void {
    if (!['running', 'backoff', 'exited'].includes(this.#state)) return;
    if (action === 'shutdown') this.#host.shutdown(checkFailure);
    if (action === 'success-shutdown') this.#host.shutdown(0);
    if (action !== 'restart') return;
    if (this.#state === 'exited') this.#backOff();
    if (this.#state !== 'running') return;
    this.#isRestarting = true;
    this.#terminate();
  }

  /** @throws PebbleError when it does not run. */
  signal(name: NodeJS.Signals): void {
    if (this.#state !== 'starting' && this.#state !== 'running') throw serverError('service is not running');
    this.#process?.signal(name);
  }

  async #spawn(): Promise<void> {
    const process = await this.#host.spawn(this.name, this.config, (chunk) => this.logs.write(chunk));
    this.#process = process;
    this.#starts += 1;
    const limit = this.config['backoff-limit'] ?? defaultBackoffLimitMs;
    this.#resetTimer = this.#host.clock.after(limit, () => (this.#backoffMs = 0));
    // A process that was given up on may end long after its successor has started.
    void process.exited.then((code) => process === this.#process && this.#exited(code));
  }

  #okay(): void {
    this.#enter('running');
    this.#started.resolve();
  }

  #abortStart(): void {
    if (this.#state !== 'starting') return;
    this.#timer?.cancel();
    this.#enter('stopped');
    this.#process?.signalGroup('SIGKILL');
    this.#started.reject(serverError('start aborted, sent SIGKILL to process'));
  }

  #terminate(): void {
    this.#timer?.cancel();
    this.#process?.signalGroup('SIGTERM');
    this.#enter('terminating');
    this.#timer = this.#host.clock.after(this.config['kill-delay'] ?? defaultKillDelayMs, () => this.#kill());
  }

  #kill(): void {
    this.#process?.signalGroup('SIGKILL');
    this.#enter('killing');
    this.#timer = this.#host.clock.after(failDelayMs, () => {
      this.#enter('stopped');
      if (this.#isRestarting) this.#isRestarting = false;
      else this.#stopped.reject(serverError('cannot stop service: process still running after SIGTERM and SIGKILL'));
    });
  }

  #exited(code: number): void {
    this.logs.flush();
    this.#resetTimer?.cancel();
    const state = this.#state;
    if (state !== 'stopped') this.#timer?.cancel();
    if (state === 'starting') {
      this.#started.reject(new StartAttemptError(`exited quickly with code ${code}, will ${this.#exitAction(code)}`));
    }
    if (state === 'starting' || state === 'running') this.#act(code);
    if (state === 'terminating' || state === 'killing') void this.#finishStop();
  }

  // Forked children that have let go of the output are not waited for, but they go too.
  async #finishStop(): Promise<void> {
    await this.#process?.killSession();
    if (this.#isRestarting) return this.#backOff();
    this.#enter('stopped');
    this.#stopped.resolve();
  }

  #exitAction(code: number): string {
    return (code === 0 ? this.config['on-success'] : this.config['on-failure']) ?? 'restart';
  }

  #act(code: number): void {
    const action = this.#exitAction(code);
    if (action === 'restart') return this.#backOff();
    this.#enter(action === 'ignore' && code === 0 ? 'stopped' : 'exited');
    if (action === 'shutdown') this.#host.shutdown(code === 0 ? 0 : serviceFailure);
    if (action === 'success-shutdown') this.#host.shutdown(0);
    if (action === 'failure-shutdown') this.#host.shutdown(serviceFailure);
  }

  #backOff(): void {
    this.#isRestarting = false;
    this.#backoffMs = nextBackoff(this.config, this.#backoffMs);
    this.#enter('backoff');
    const delay = withJitter(this.#backoffMs, this.#host.random());
    this.#timer = this.#host.clock.after(delay, () => void this.#restart());
  }

  async #restart(): Promise<void> {
    this.#enter('initial');
    this.#spawning = this.#spawn();
    try {
      await this.#spawning;
      this.#enter('running');
    } catch {
      this.#enter('backoff');
      // As in Pebble: without a process nothing will exit, so it stays in backoff until somebody starts it.
    }
  }

  #enter(state: ServiceState): void {
    if (statuses[state] !== statuses[this.#state]) this.#since = this.#host.clock.now();
    this.#state = state;
  }
}
