// Programs that are played by scripts. A service runs until it is stopped, unless its script says otherwise; a command does what its script
// says, and without a script there is no such program.

import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { setImmediate as macrotask } from 'node:timers/promises';
import type { Clock } from '../engine/clock.ts';
import {
  type CommandSpec,
  type ExecProcess,
  type Processes,
  type ServiceProcess,
  SpawnError,
} from '../engine/process.ts';

export interface ExecCall {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string | undefined;
  readonly uid: number;
  readonly gid: number;
  /** What the client sends. Ends when the client says so. */
  readonly stdin: AsyncIterable<Uint8Array>;
}

export interface ExecOutcome {
  /** Default: 0. */
  readonly exitCode?: number;
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string | Uint8Array;
  /** How long it takes by the clock of the container, in milliseconds. Default: no time. */
  readonly takesMs?: number;
}

/** Plays a command. Throwing a `SpawnError` is a command that cannot be run. */
export type ExecScript = (call: ExecCall) => ExecOutcome | Promise<ExecOutcome>;

/** A service that runs. */
export interface PlayedService {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The signals that it was sent. */
  readonly signals: readonly NodeJS.Signals[];
  /** Writes output. */
  print(text: string): void;
  /** Ends it. */
  exit(code: number): void;
}

/** Plays a service from its start on. Throwing a `SpawnError` is a service that cannot be started. */
export type ServiceScript = (service: PlayedService) => void;

export interface Scripts {
  /** The script for a command, `undefined` when there is no such program. */
  readonly exec: (command: readonly string[]) => ExecScript | undefined;
  readonly service: (name: string) => ServiceScript | undefined;
}

export class MemoryProcesses implements Processes {
  readonly #scripts: Scripts;
  readonly #clock: Clock;
  readonly #running = new Map<string, PlayedService>();
  #playing = 0;
  readonly workingDir = '/';

  constructor(scripts: Scripts, clock: Clock) {
    this.#scripts = scripts;
    this.#clock = clock;
  }

  /** How many commands are being played, for who would not let time pass meanwhile. */
  get playing(): number {
    return this.#playing;
  }

  /** The services that run, by name. */
  get running(): ReadonlyMap<string, PlayedService> {
    return this.#running;
  }

  hasProgram(): boolean {
    // What there is depends on the whole command, which startExec knows.
    return true;
  }

  refuseWorkingDir(): undefined {
    return undefined;
  }

  async startService(spec: CommandSpec, onOutput: (chunk: Uint8Array) => void): Promise<ServiceProcess> {
    const { name = '', command, environment } = spec;
    const exit = Promise.withResolvers<number>();
    const signals: NodeJS.Signals[] = [];
    const service: PlayedService = {
      name,
      command,
      environment,
      signals,
      print: (text) => onOutput(Buffer.from(text)),
      exit: exit.resolve,
    };
    this.#scripts.service(name)?.(service);
    this.#running.set(name, service);
    void exit.promise.then(() => this.#running.get(name) === service && this.#running.delete(name));
    const signal = (sent: NodeJS.Signals) => {
      signals.push(sent);
      if (['SIGTERM', 'SIGKILL'].includes(sent)) exit.resolve(128 + constants.signals[sent]);
    };
    // No process ends before its start is known.
    const exited = exit.promise.then((code) => macrotask(code));
    return { exited, signal, signalGroup: signal, killSession: async () => signal('SIGKILL') };
  }

  async startExec(spec: CommandSpec, splitStderr: boolean): Promise<ExecProcess> {
    const script = this.#scripts.exec(spec.command);
    if (script === undefined) throw new SpawnError(`no script for command ${JSON.stringify(spec.command)}`);
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const stderr = splitStderr ? new PassThrough() : undefined;
    const exit = Promise.withResolvers<number>();
    void this.#play(script, spec, stdin).then((outcome) => {
      stdout.end(outcome.stdout ?? '');
      (stderr ?? stdout).end(outcome.stderr ?? '');
      exit.resolve(outcome.exitCode ?? 0);
    }, exit.reject);
    const signal = (sent: NodeJS.Signals) => {
      if (!['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP'].includes(sent)) return;
      for (const stream of [stdout, stderr]) stream?.end();
      exit.resolve(128 + constants.signals[sent]);
    };
    return {
      stdin,
      stdout,
      stderr,
      exited: exit.promise,
      signal,
      signalGroup: signal,
      killSession: async () => signal('SIGKILL'),
    };
  }

  async #play(script: ExecScript, spec: CommandSpec, stdin: PassThrough): Promise<ExecOutcome> {
    const { command, environment, workingDir, owner } = spec;
    const [uid, gid] = [owner?.uid ?? 0, owner?.gid ?? 0];
    this.#playing += 1;
    const outcome = await Promise.resolve(script({ command, environment, workingDir, uid, gid, stdin })).finally(() => {
      this.#playing -= 1;
    });
    const { takesMs = 0 } = outcome;
    if (takesMs > 0) await new Promise<void>((resolve) => this.#clock.after(takesMs, resolve));
    return outcome;
  }
}
