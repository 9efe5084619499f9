// The controller of one sandbox: owns the model, and an agent for each of its units.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { OpsError } from '@charmed/ops/internal';
import {
  emptyModel,
  failInterruptedAction,
  requestUpdateStatus,
  requeueHook,
  settle,
  type ModelState,
} from '@charmed/sim/model';
import { UnitAgent } from '../agent/agent.ts';
import { expandArchive } from '../agent/archive.ts';
import type { AgentHost } from '../agent/host.ts';
import { installHookTools } from '../agent/hook-tools.ts';
import { killProcessesWith } from '../agent/processes.ts';
import { files, type SandboxDirectories } from '../directories.ts';
import { Store, type LogLine } from './store.ts';
import { WakeUp } from './wake-up.ts';

/** The Juju that the sandbox behaves like. */
const JUJU_VERSION = '3.6.11';
const UPDATE_STATUS_MS = 5 * 60_000;
const RETRY_DELAY_MS = 5000;

export class Controller implements AgentHost {
  readonly directories: SandboxDirectories;
  readonly #store: Store;
  readonly #agents = new Map<string, UnitAgent>();
  readonly #ending = new Set<Promise<void>>();
  readonly #watchers = new Set<WakeUp>();
  readonly #expansions = new Map<string, Promise<string>>();
  readonly #updateStatus: NodeJS.Timeout;
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
    this.#store = store;
    this.#state = state;
    this.#updateStatus = setInterval(() => this.#requestUpdateStatus(), UPDATE_STATUS_MS);
  }

  state(): ModelState {
    return this.#state;
  }

  update(change: (state: ModelState) => ModelState): void {
    const next = settle(change(this.#state));
    if (next === this.#state) return;
    this.#store.save(this.#state, next);
    this.#state = next;
    this.#engage();
    for (const watcher of this.#watchers) watcher.notify();
  }

  get retryDelayMs(): number {
    return Number(this.#store.setting('retry-delay-ms') ?? RETRY_DELAY_MS);
  }

  set retryDelayMs(delay: number) {
    this.#store.saveSetting('retry-delay-ms', String(delay));
  }

  log(unit: string, module: string, level: string, message: string): void {
    const entity = unit === '' ? 'controller' : `unit-${unit.replace('/', '-')}`;
    this.#store.addLog({ at: new Date().toISOString(), entity, module, level, message });
    for (const watcher of this.#watchers) watcher.notify();
  }

  /** The last `limit` lines after the one with the id `after`. */
  logLines(after: number, limit: number): readonly (LogLine & { readonly id: number })[] {
    return this.#store.log(after, limit);
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

  /** Keeps a charm for an application to be deployed from it. */
  async keepCharm(application: string, path: string): Promise<void> {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    const kept = this.#archive(hash);
    if (!existsSync(kept)) {
      await mkdir(files.charms(this.directories), { recursive: true });
      await copyFile(path, `${kept}.partial`);
      await rename(`${kept}.partial`, kept);
    }
    this.#store.saveSetting(`charm/${application}`, hash);
  }

  async expandedCharm(application: string): Promise<string> {
    const hash = this.#store.setting(`charm/${application}`);
    if (hash === undefined) throw new OpsError('no-charm', `cannot find the charm of ${application}`);
    const target = join(files.charms(this.directories), hash);
    const expansion =
      this.#expansions.get(hash) ?? (existsSync(target) ? Promise.resolve(target) : this.#expand(hash, target));
    this.#expansions.set(hash, expansion);
    return await expansion;
  }

  async #expand(hash: string, target: string): Promise<string> {
    try {
      await expandArchive(this.#archive(hash), target, this.directories.cache);
      return target;
    } catch (error) {
      this.#expansions.delete(hash);
      throw error;
    }
  }

  #archive(hash: string): string {
    return join(files.charms(this.directories), `${hash}.charm`);
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
    await Promise.all([...this.#agents.values()].map(async (agent) => await agent.stop()));
    await Promise.all(this.#ending);
    this.#store.close();
  }

  // What the last controller's dispatches still do is undone by ending them: their hooks run again, their actions have failed.
  async #resume(): Promise<void> {
    for (const { unit, context } of this.#store.runs()) {
      await killProcessesWith(`JUJU_CONTEXT_ID=${context}`);
      this.#store.endRun(unit);
    }
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
    for (const unit of Object.keys(this.#state.units)) {
      if (!this.#agents.has(unit)) this.#agents.set(unit, new UnitAgent(this, unit));
    }
    for (const [unit, agent] of this.#agents) {
      agent.wake();
      if (this.#state.units[unit] === undefined) {
        this.#agents.delete(unit);
        this.#track(agent.ended);
      }
    }
  }

  #track(ending: Promise<void>): void {
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  #requestUpdateStatus(): void {
    this.update((state) => Object.keys(state.units).reduce((next, unit) => requestUpdateStatus(next, unit), state));
  }
}
