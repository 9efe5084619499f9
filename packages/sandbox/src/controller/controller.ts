// The controller of one sandbox: owns the model, and an agent for each of its units.

import { randomUUID } from 'node:crypto';
import {
  emptyModel,
  failInterruptedAction,
  requestUpdateStatus,
  requeueHook,
  runsSomething,
  settle,
  type ModelState,
} from '@charmed/sim/model';
import { UnitAgent } from '../agent/agent.ts';
import type { AgentHost } from '../agent/host.ts';
import { installHookTools } from '../agent/hook-tools.ts';
import { killProcessesWith } from '../agent/processes.ts';
import { removeUnitRemains, unitsWithFiles } from '../agent/unit-remains.ts';
import { files, type SandboxDirectories } from '../directories.ts';
import { Charms } from './charms.ts';
import { SecretClock } from './secret-clock.ts';
import { Store, type LogLine, type Settings } from './store.ts';
import { WakeUp } from './wake-up.ts';

/** The Juju that the sandbox behaves like. */
const JUJU_VERSION = '3.6.11';
const UPDATE_STATUS_MS = 5 * 60_000;
const RETRY_DELAY_MS = 5000;
const RETRY_SETTING = 'retry-delay-ms';

/** The setting by which failed hooks are first retried after this time. */
export function retryDelaySetting(delayMs: number): Settings {
  return { [RETRY_SETTING]: String(delayMs) };
}

export class Controller implements AgentHost {
  readonly directories: SandboxDirectories;
  readonly charms: Charms;
  readonly #store: Store;
  readonly #agents = new Map<string, UnitAgent>();
  /** Agents of units that are gone, until their files are too. */
  readonly #ending = new Map<string, Promise<void>>();
  readonly #watchers = new Set<WakeUp>();
  readonly #updateStatus: NodeJS.Timeout;
  readonly #secretClock = new SecretClock(this);
  #state: ModelState;
  #stopped = false;

  /** Goes on where the last controller of the sandbox was; the model is created when there is none. */
  static async open(directories: SandboxDirectories, name: string): Promise<Controller> {
    const store = new Store(files.database(directories));
    const state = store.load() ?? emptyModel({ name, uuid: randomUUID(), version: JUJU_VERSION });
    store.save(undefined, state);
    const controller = new Controller(directories, store, state);
    await installHookTools(directories);
    await controller.#resume();
    return controller;
  }

  private constructor(directories: SandboxDirectories, store: Store, state: ModelState) {
    this.directories = directories;
    this.charms = new Charms(store, directories);
    this.#store = store;
    this.#state = state;
    this.#updateStatus = setInterval(() => this.#requestUpdateStatus(), UPDATE_STATUS_MS);
  }

  state(): ModelState {
    return this.#state;
  }

  update(change: (state: ModelState) => ModelState, settings?: Settings): void {
    const next = settle(change(this.#state));
    if (next === this.#state && settings === undefined) return;
    this.#store.save(this.#state, next, settings);
    this.#state = next;
    this.#engage();
    for (const watcher of this.#watchers) watcher.notify();
  }

  get retryDelayMs(): number {
    return Number(this.#store.setting(RETRY_SETTING) ?? RETRY_DELAY_MS);
  }

  log(unit: string, module: string, level: string, message: string): void {
    const entity = unit === '' ? 'controller' : `unit-${unit.replace('/', '-')}`;
    this.#store.addLog({ at: new Date().toISOString(), entity, module, level, message });
    for (const watcher of this.#watchers) watcher.notify();
  }

  /** The last `limit` lines of these entities, of all when there are none, after the one with the id `after`. */
  logLines(
    after: number,
    limit: number,
    entities: readonly string[] = [],
  ): readonly (LogLine & { readonly id: number })[] {
    return this.#store.log(after, limit, entities);
  }

  /** Resolves after each change of the model or the log, until the signal aborts. */
  async *changes(signal: AbortSignal): AsyncGenerator<void> {
    const watcher = new WakeUp();
    const stop = () => watcher.notify();
    this.#watchers.add(watcher);
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        yield;
        await watcher.wait();
      }
    } finally {
      this.#watchers.delete(watcher);
      signal.removeEventListener('abort', stop);
    }
  }

  async expandedCharm(application: string): Promise<string> {
    return await this.charms.expanded(application);
  }

  remember(name: string, value: string): void {
    this.#store.saveSetting(name, value);
  }

  recall(name: string): string | undefined {
    return this.#store.setting(name);
  }

  startRun(unit: string, context: string): void {
    this.#store.startRun(unit, context);
  }

  endRun(unit: string): void {
    this.#store.endRun(unit);
  }

  /** Runs the unit's failed hook again now. */
  retry(unit: string): void {
    this.#agents.get(unit)?.retry();
  }

  /** Ends all agents and what they run. The model stays as it is. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#updateStatus);
    this.#secretClock.stop();
    await Promise.all([...this.#agents.values()].map(async (agent) => await agent.stop()));
    await Promise.all(this.#ending.values());
    this.#store.close();
  }

  // What the last controller's dispatches still do is undone by ending them: their hooks run again, their actions have failed. What
  // a hook that had succeeded left running stays, what a unit that was removed left does not.
  async #resume(): Promise<void> {
    for (const { unit, context } of this.#store.runs()) {
      if (runsSomething(this.#state, unit)) await killProcessesWith(`JUJU_CONTEXT_ID=${context}`);
      this.#store.endRun(unit);
    }
    const gone = unitsWithFiles(this.directories).filter((unit) => this.#state.units[unit] === undefined);
    for (const unit of gone) await removeUnitRemains(this.directories, this.#state.model.uuid, unit);
    const at = new Date().toISOString();
    this.update((state) => {
      const requeued = Object.keys(state.units).reduce((next, unit) => requeueHook(next, unit, at), state);
      return Object.keys(state.tasks).reduce((next, task) => failInterruptedAction(next, task, at), requeued);
    });
    this.#engage();
  }

  // Each unit has an agent as long as it exists.
  #engage(): void {
    if (this.#stopped) return;
    this.#secretClock.adjust();
    for (const unit of Object.keys(this.#state.units)) {
      if (this.#agents.has(unit)) continue;
      const agent = new UnitAgent(this, unit);
      this.#agents.set(unit, agent); // first, since an agent that starts changes the model, and so comes back here
      agent.start(this.#ending.get(unit));
    }
    for (const [unit, agent] of this.#agents) {
      agent.wake();
      if (this.#state.units[unit] === undefined) {
        this.#agents.delete(unit);
        this.#track(unit, agent.ended);
      }
    }
  }

  #track(unit: string, ending: Promise<void>): void {
    this.#ending.set(unit, ending);
    void ending.then(() => this.#ending.delete(unit));
  }

  #requestUpdateStatus(): void {
    this.update((state) => Object.keys(state.units).reduce((next, unit) => requestUpdateStatus(next, unit), state));
  }
}
