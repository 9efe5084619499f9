// The engine of one Pebble: everything but HTTP, real processes and real files, for which it has ports.

import { type LayerConfig, quote } from '@charmed/ops/internal';
import type { Change } from './change.ts';
import { Changes } from './changes.ts';
import { Checks } from './checks.ts';
import { plannedChecks, probeOf } from './check-probe.ts';
import type { Clock } from './clock.ts';
import { type CommandContext, execSpec, serviceSpec, withServiceContext } from './command-context.ts';
import { type BaseEnvironment, requireUsers, type Users } from './environment.ts';
import { badRequest, serverError } from './errors.ts';
import { Execution } from './execution.ts';
import { Identities } from './identities.ts';
import { LogForwarding } from './log-forwarding.ts';
import type { LogSenders } from './log-ports.ts';
import { Notices } from './notices.ts';
import { type AddLayerOptions, Plan } from './plan.ts';
import type { Prober } from './probe.ts';
import type { Processes, Terminal } from './process.ts';
import { defaultKillDelayMs } from './service.ts';
import type { SavedState } from './saved-state.ts';
import { changeServices, remainingWork, stopAll } from './service-changes.ts';
import { Services } from './services.ts';
import { type SavedTask, type Task, type Work, isReady } from './task.ts';

export interface EnginePorts {
  readonly clock: Clock;
  readonly processes: Processes;
  readonly users: Users;
  readonly prober: Prober;
  readonly logSenders: LogSenders;
  /** What every process inherits. */
  readonly environment: BaseEnvironment;
  /** What is known from before a restart. */
  readonly saved?: Partial<SavedState> | undefined;
  /** Called when there is something new to `save`. */
  modified?(): void;
  random(): number;
  /** A service asks for the end of Pebble, with this exit code. */
  shutdown(exitCode: number): void;
}

export interface ExecRequest {
  readonly command: readonly string[];
  readonly serviceContext: string;
  readonly context: CommandContext;
  readonly timeoutMs: number;
  readonly splitStderr: boolean;
  readonly terminal: Terminal | undefined;
}

export interface StartedExec {
  readonly change: Change;
  readonly task: Task;
  readonly environment: BaseEnvironment;
  readonly workingDir: string;
}

// Of its kill delay, how much of the time a service's output may be held open by what it has left behind.
const outputGraceShare = 0.9;

export class Engine {
  readonly plan: Plan;
  readonly notices: Notices;
  readonly changes: Changes;
  readonly services: Services;
  readonly checks: Checks;
  readonly forwarding: LogForwarding;
  readonly identities: Identities;
  readonly #ports: EnginePorts;
  readonly #executions = new Map<string, Execution>();
  readonly #carriedOver: readonly Change[];

  /** @throws LayerError */
  constructor(layers: readonly LayerConfig[], ports: EnginePorts) {
    const { clock, processes, users, environment, prober, saved = {} } = ports;
    const modified = () => ports.modified?.();
    this.#ports = ports;
    this.identities = new Identities(saved.identities, modified);
    for (const layer of layers) this.requireUsers(layer);
    this.plan = new Plan(layers);
    this.notices = new Notices(clock, modified);
    this.changes = new Changes(clock, this.notices, modified);
    // Before the first check takes an id.
    if (saved.notices) this.notices.restore(saved.notices);
    if (saved.changes) {
      const workOf =
        (task: SavedTask): Work =>
        (running, signal) =>
          remainingWork(this.services, task)(running, signal);
      this.changes.restore(saved.changes, workOf);
    }
    this.#carriedOver = this.changes.list().filter(({ status }) => !isReady(status));
    this.forwarding = new LogForwarding(this.plan, {
      clock,
      senders: ports.logSenders,
      buffers: () => new Map(this.services.started().map(({ name, logs }) => [name, logs])),
    });
    this.services = new Services(this.plan, {
      clock,
      onLog: (line) => this.forwarding.forward(line),
      random: () => ports.random(),
      shutdown: (exitCode) => ports.shutdown(exitCode),
      spawn: async (name, config, onOutput) => {
        const grace = (config['kill-delay'] ?? defaultKillDelayMs) * outputGraceShare;
        return processes.startService(serviceSpec(name, config, environment, users), onOutput, grace);
      },
    });
    this.checks = new Checks(this.changes, {
      clock,
      planned: () => plannedChecks(this.plan),
      probe: async (name, config, signal) => prober(name, probeOf(config, environment, users), signal),
      onFailure: (name) => this.services.checkFailed(name),
    });
    this.checks.planChanged();
    this.forwarding.planChanged();
  }

  get clock(): Clock {
    return this.#ports.clock;
  }

  get users(): Users {
    return this.#ports.users;
  }

  /** @throws LayerError when a check is to run as a user or group that is not there. */
  requireUsers(layer: LayerConfig): void {
    requireUsers(layer, this.#ports.users);
  }

  /** Leaves everything as it was when the layer does not fit. @throws PebbleError, LayerError */
  addLayer(layer: LayerConfig, options: AddLayerOptions): void {
    this.plan.add(layer, options);
    this.checks.planChanged();
    this.forwarding.planChanged();
  }

  /** @throws PebbleError with Pebble's text when the action or a service is unknown, or there is nothing to act on. */
  changeServices(action: string, names: readonly string[]): Change {
    if (action === 'replan' && names.length === 0) this.checks.replan();
    return changeServices(this.services, this.changes, action, names);
  }

  /** What is to be known after a restart. */
  save(): SavedState {
    return { changes: this.changes.save(), notices: this.notices.save(), identities: this.identities.list() };
  }

  /** Goes on with what was under way before a restart: services are started and stopped; checks have begun anew, and commands are over. */
  carryOn(): void {
    for (const change of this.#carriedOver) {
      if (/^(?:perform|recover)-check$/.test(change.plan.kind)) change.abort();
      change.carryOn();
    }
  }

  /** What `pebble run` does once it serves. */
  autostart(): void {
    if (this.services.defaultNames().length > 0) this.changeServices('autostart', []);
  }

  /** @throws PebbleError */
  exec({ command, serviceContext, context, timeoutMs, splitStderr, terminal }: ExecRequest): StartedExec {
    const { clock, processes, users, environment } = this.#ports;
    const [program] = command;
    if (program === undefined) throw badRequest('must specify command');
    if (!processes.hasProgram(program)) throw badRequest(`cannot find executable ${quote(program)}`);
    const merged = withServiceContext(this.plan.services, serviceContext, context);
    const spec = execSpec(command, merged, environment, users);
    const workingDir = this.#workingDir(spec.workingDir, spec.environment['HOME']);
    const execution = new Execution(
      { spec: { ...spec, workingDir }, splitStderr, terminal, timeoutMs },
      clock,
      processes,
    );

    const summary = `Execute command ${quote(program)}`;
    const work = (running: Task, signal: AbortSignal) => execution.run(running, signal);
    const task = this.changes.newTask({ kind: 'exec', summary, work, lane: 0, waitsFor: [] });
    this.#executions.set(task.id, execution);
    const change = this.changes.start({ kind: 'exec', summary, tasks: [task], services: [] });
    void change.ready.then(() => this.#executions.delete(task.id));
    return { change, task, environment: spec.environment, workingDir };
  }

  /** The execution of a task that runs. */
  execution(task: string): Execution | undefined {
    return this.#executions.get(task);
  }

  /** Starts nothing more, and stops every service in order. Resolves when all have ended or outlived SIGKILL. */
  async close(): Promise<void> {
    this.checks.close();
    this.services.retire();
    for (const change of this.changes.list()) {
      change.holdPending();
      if (change.plan.kind !== 'exec' || isReady(change.status)) continue;
      change.leave();
      change.abort();
    }
    await stopAll(this.services, this.changes)?.ready;
    // Some services may have been stopping already.
    const others = this.changes.list().filter(({ plan }) => plan.kind !== 'exec');
    await Promise.all(others.map(({ ready }) => ready));
    await this.forwarding.close();
  }

  #workingDir(asked: string | undefined, home: string | undefined): string {
    const { processes } = this.#ports;
    const chosen = asked ?? processes.workingDir ?? home ?? '/';
    const what = asked === undefined && processes.workingDir === undefined ? 'home directory' : 'working directory';
    const reason = processes.refuseWorkingDir(chosen, what);
    if (reason !== undefined) throw serverError(`cannot call exec: ${reason}`);
    return chosen;
  }
}
