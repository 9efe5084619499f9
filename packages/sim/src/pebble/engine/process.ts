// The port through which the engine runs programs. Each runs in a session, and so a process group, of its own.

import { OpsError } from '@charmed/ops/internal';

/** Thrown when a program cannot be run at all; the message is the reason, as Go words it. */
export class SpawnError extends OpsError {
  constructor(reason: string) {
    super('cannot-spawn', reason);
  }
}

export interface CommandSpec {
  /** Of the service that it is for, if it is for one. */
  readonly name?: string;
  readonly command: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it starts; by default where services do. */
  readonly workingDir?: string | undefined;
  readonly owner?: Owner | undefined;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface ProcessHandle {
  /** Sends to the process alone. Does nothing when it is gone. */
  signal(name: NodeJS.Signals): void;
  /** Sends to all of its process group. */
  signalGroup(name: NodeJS.Signals): void;
  /** Kills at once all that is left of its session, also what it has left behind. */
  killSession(): Promise<void>;
}

export interface ServiceProcess extends ProcessHandle {
  /** The exit code, 128 + n for a death by signal n. Settles when nobody holds the output any more, or `outputGraceMs` after the exit. */
  readonly exited: Promise<number>;
}

export interface TerminalSize {
  readonly width: number;
  readonly height: number;
}

/** A terminal for a command to run on. */
export interface Terminal {
  /** Whether the command reads from it too. */
  readonly interactive: boolean;
  readonly size: TerminalSize | undefined;
}

export interface ExecProcess extends ProcessHandle {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  /** `undefined` when it goes where stdout goes. */
  readonly stderr: NodeJS.ReadableStream | undefined;
  readonly exited: Promise<number>;
  /** Ends the input, where that is not done by ending the stream. */
  endInput?(): void;
  /** Tells the command the new size of its terminal. */
  resize?(size: TerminalSize): void;
}

export interface Processes {
  /** Whether there is such a program, on the PATH unless it is a path. */
  hasProgram(name: string): boolean;
  /** Where exec starts when nobody says; `undefined` leaves it to HOME. */
  readonly workingDir: string | undefined;
  /** Why a command cannot start there, calling the place `what`; `undefined` when it can. */
  refuseWorkingDir(path: string, what: string): string | undefined;
  /** Rejects with a `SpawnError` whose message is the reason. */
  startService(
    spec: CommandSpec,
    onOutput: (chunk: Uint8Array) => void,
    outputGraceMs: number,
  ): Promise<ServiceProcess>;
  /** Rejects with a `SpawnError` whose message is the reason. */
  startExec(spec: CommandSpec, splitStderr: boolean, terminal: Terminal | undefined): Promise<ExecProcess>;
}
