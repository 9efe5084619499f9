// Runs real programs: each in a session of its own, as the user it should run as.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { quote } from '@charmed/ops/internal';
import {
  type CommandSpec,
  type ExecProcess,
  type ProcessHandle,
  type Processes,
  type ServiceProcess,
  SpawnError,
  type Terminal,
} from '../engine/process.ts';
import { errnoOf, errnoText } from './errno.ts';
import { kill } from './leftovers.ts';
import { type Pipe, makePipes } from './pipes.ts';
import { findProgram, isProgram } from './programs.ts';
import type { Root } from './root.ts';
import type { Sessions } from './sessions.ts';
import { endOfInput, openTerminal } from './terminal.ts';
import { systemUsers } from './users.ts';

interface Started extends ProcessHandle {
  readonly child: ChildProcess;
  readonly exited: Promise<number>;
}

export class RealProcesses implements Processes {
  readonly #root: Root;
  readonly #sessions: Sessions;
  /** Where names of programs are looked up, as Pebble does in its own PATH. */
  readonly #path: string;
  readonly workingDir: string | undefined;

  constructor(root: Root, sessions: Sessions, path: string) {
    this.#root = root;
    this.#sessions = sessions;
    this.#path = path;
    this.workingDir = root.directory === undefined ? undefined : '/';
  }

  hasProgram(name: string): boolean {
    try {
      return isProgram(findProgram(name, this.#path, this.#root));
    } catch (error) {
      if (error instanceof SpawnError) return false;
      throw error;
    }
  }

  refuseWorkingDir(path: string, what: string): string | undefined {
    try {
      return statSync(this.#root.locate(path)).isDirectory() ? undefined : `${what} ${quote(path)} not a directory`;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return `${what} ${quote(path)} does not exist`;
      return `cannot stat ${what} ${quote(path)}: stat ${path}: ${errnoText(error)}`;
    }
  }

  async startService(
    spec: CommandSpec,
    onOutput: (chunk: Uint8Array) => void,
    outputGraceMs: number,
  ): Promise<ServiceProcess> {
    const [output] = (await makePipes('out')) as [Pipe];
    const started = await this.#start(spec, [output], ['ignore', output.theirs, output.theirs]);
    output.ours.on('data', (chunk: Buffer) => {
      onOutput(chunk);
      // Node reads a pipe for as long as there is something in it: a flood would keep everybody else waiting.
      output.ours.pause();
      setImmediate(() => output.ours.resume());
    });
    const closed = new Promise((resolve) => output.ours.once('close', resolve));
    const exited = started.exited.then(async (code) => {
      const grace = new AbortController();
      await Promise.race([closed, delay(outputGraceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
      grace.abort();
      output.ours.destroy();
      return code;
    });
    return { ...started, exited };
  }

  async startExec(spec: CommandSpec, splitStderr: boolean, terminal: Terminal | undefined): Promise<ExecProcess> {
    if (terminal !== undefined) return this.#startOnTerminal(spec, splitStderr, terminal);
    const pipes = await (splitStderr ? makePipes('in', 'out', 'out') : makePipes('in', 'out'));
    const [stdin, stdout, stderr] = pipes as [Pipe, Pipe, Pipe | undefined];
    const stdio = [stdin.theirs, stdout.theirs, (stderr ?? stdout).theirs];
    const started = await this.#start(spec, pipes, stdio);
    return { ...started, stdin: stdin.ours, stdout: stdout.ours, stderr: stderr?.ours };
  }

  async #startOnTerminal(spec: CommandSpec, splitStderr: boolean, terminal: Terminal): Promise<ExecProcess> {
    const { command, environment, workingDir, owner } = spec;
    const [name = '', ...args] = command;
    const words = [findProgram(name, this.#path, this.#root), ...args];
    const cwd = workingDir === undefined ? this.#root.directory : this.#root.locate(workingDir);
    const [ownInput] = terminal.interactive ? [] : await makePipes('in');
    const [ownErrors] = splitStderr ? await makePipes('out') : [];
    try {
      const [stdin, stderr] = [ownInput?.theirs, ownErrors?.theirs];
      const opened = await openTerminal({ words, environment, cwd, owner, stdin, stderr }, terminal);
      const { child, pid, input, output, resize } = opened;
      const outer = this.#handle(child, child.pid ?? 0);
      this.#sessions.add(pid);
      void outer.exited.then(() => this.#sessions.settle(pid));
      return {
        ...outer,
        stdin: ownInput?.ours ?? input,
        stdout: output,
        stderr: ownErrors?.ours,
        resize,
        ...(terminal.interactive && { endInput: () => void input.write(endOfInput) }),
        signal: (sent) => kill(pid, sent),
        signalGroup: (sent) => kill(-pid, sent),
        killSession: async () => {
          await this.#sessions.kill(pid);
          await outer.killSession();
        },
      };
    } finally {
      for (const pipe of [ownInput, ownErrors]) if (pipe !== undefined) closeSync(pipe.theirs);
    }
  }

  async #start(spec: CommandSpec, pipes: readonly Pipe[], stdio: (number | 'ignore')[]): Promise<Started> {
    try {
      const child = await this.#spawn(spec, stdio);
      return this.#handle(child, child.pid ?? 0);
    } catch (error) {
      for (const { ours } of pipes) ours.destroy();
      throw error;
    } finally {
      for (const { theirs } of pipes) closeSync(theirs);
    }
  }

  async #spawn({ command, environment, workingDir, owner }: CommandSpec, stdio: (number | 'ignore')[]) {
    const [name = '', ...args] = command;
    const program = findProgram(name, this.#path, this.#root);
    const { current } = systemUsers;
    const isOther = owner !== undefined && (owner.uid !== current.uid || owner.gid !== current.gid);
    try {
      const child = spawn(program, args, {
        argv0: name,
        cwd: workingDir === undefined ? this.#root.directory : this.#root.locate(workingDir),
        env: environment,
        stdio,
        detached: true,
        ...(isOther && owner),
      });
      await once(child, 'spawn');
      return child;
    } catch (error) {
      throw new SpawnError(`fork/exec ${name.includes('/') ? name : program}: ${errnoText(error)}`);
    }
  }

  #handle(child: ChildProcess, pid: number): Started {
    this.#sessions.add(pid);
    const exited = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => {
      this.#sessions.settle(pid);
      return typeof code === 'number' ? code : 128 + constants.signals[signal as NodeJS.Signals];
    });
    return {
      child,
      exited,
      signal: (name) => child.exitCode === null && child.signalCode === null && kill(pid, name),
      signalGroup: (name) => kill(-pid, name),
      killSession: () => this.#sessions.kill(pid),
    };
  }
}
