// One run of a command for a client that talks to it over websockets (canonical/pebble internals/overlord/cmdstate/handlers.go and
// internals/wsutil).

import type { Clock } from './clock.ts';
import { formatDuration, quote } from '@charmed/ops/internal';
import { notFound, serverError } from './errors.ts';
import type { CommandSpec, ExecProcess, Processes, Terminal, TerminalSize } from './process.ts';
import { isSignal } from './signal.ts';
import type { Task } from './task.ts';

/** The port to one websocket of a client. */
export interface ExecSocket {
  /** Resolves when there is room for more; rejects when the client is gone. */
  send(data: Uint8Array | string): Promise<void>;
  /** Binary frames as bytes, text frames as strings; ends when the client is gone, never throws. Nothing is read ahead. */
  messages(): AsyncIterable<Uint8Array | string>;
  /** Whether the connection broke, once the messages have ended. */
  readonly isBroken: boolean;
  close(): void;
}

export interface ExecutionOptions {
  readonly spec: CommandSpec;
  readonly splitStderr: boolean;
  readonly terminal: Terminal | undefined;
  /** 0 is no limit. */
  readonly timeoutMs: number;
}

const connectTimeoutMs = 5000;
const endCommand = '{"command":"end"}';

export class Execution {
  readonly #options: ExecutionOptions;
  readonly #clock: Clock;
  readonly #processes: Processes;
  readonly #sockets = new Map<string, ExecSocket>();
  readonly #connected = Promise.withResolvers<void>();
  readonly #running = Promise.withResolvers<ExecProcess>();
  #isOver = false;

  constructor(options: ExecutionOptions, clock: Clock, processes: Processes) {
    this.#options = options;
    this.#clock = clock;
    this.#processes = processes;
    // Whoever waits for it may never come.
    this.#running.promise.catch(() => undefined);
  }

  /** @throws PebbleError when there is no such websocket, or it is taken. */
  checkConnect(task: string, name: string): void {
    const names = this.#options.splitStderr ? ['control', 'stdio', 'stderr'] : ['control', 'stdio'];
    if (this.#isOver || !names.includes(name)) {
      throw notFound(`cannot find ${name} websocket for task ${quote(task)}`);
    }
    if (this.#sockets.has(name)) throw serverError(`${name} websocket already connected`);
  }

  connect(name: string, socket: ExecSocket): void {
    this.#sockets.set(name, socket);
    if (name === 'control') void this.#obey(socket);
    if (name === 'stderr') void drain(socket);
    if (this.#sockets.has('stdio') && (!this.#options.splitStderr || this.#sockets.has('stderr'))) {
      this.#connected.resolve();
    }
  }

  /** Waits for the client, runs the command, and leaves its exit code with the task. */
  async run(task: Task, signal: AbortSignal): Promise<void> {
    try {
      await this.#waitForClient(task, signal);
      task.data = { 'exit-code': -1 };
      const { spec, splitStderr, terminal } = this.#options;
      const process = await this.#processes.startExec(spec, splitStderr, terminal);
      this.#running.resolve(process);
      const code = await this.#supervise(process, signal);
      task.data = { 'exit-code': code };
    } finally {
      this.#isOver = true;
      this.#running.reject(serverError('the command has ended'));
      this.#sockets.get('control')?.close();
    }
  }

  async #waitForClient(task: Task, signal: AbortSignal): Promise<void> {
    const { promise: interrupted, reject } = Promise.withResolvers<never>();
    const timeout = `exec ${task.id}: timeout waiting for websocket connections: context deadline exceeded`;
    const timer = this.#clock.after(connectTimeoutMs, () => reject(serverError(timeout)));
    const abort = () => reject(serverError('context canceled'));
    signal.addEventListener('abort', abort, { once: true });
    await Promise.race([this.#connected.promise, interrupted]).finally(() => {
      timer.cancel();
      signal.removeEventListener('abort', abort);
    });
  }

  async #supervise(process: ExecProcess, signal: AbortSignal): Promise<number> {
    const { timeoutMs } = this.#options;
    let timedOut = false;
    const timeOut = () => {
      timedOut = true;
      void process.killSession();
    };
    const timer = timeoutMs > 0 ? this.#clock.after(timeoutMs, timeOut) : undefined;
    const abort = () => void process.killSession();
    signal.addEventListener('abort', abort, { once: true });
    void this.#feed(process);
    const output = [this.#pass(process.stdout, 'stdio')];
    if (process.stderr !== undefined) output.push(this.#pass(process.stderr, 'stderr'));
    const code = await process.exited;
    timer?.cancel();
    await Promise.all(output);
    signal.removeEventListener('abort', abort);
    if (timedOut) throw serverError(`timed out after ${formatDuration(timeoutMs)}: context deadline exceeded`);
    return code;
  }

  async #feed(process: ExecProcess): Promise<void> {
    const { stdin } = process;
    const endInput = () => (process.endInput === undefined ? end(stdin) : process.endInput());
    for await (const message of this.#sockets.get('stdio')?.messages() ?? []) {
      if (typeof message !== 'string') await write(stdin, message);
      else if (parseCommand(message).command === 'end') endInput();
    }
    endInput();
  }

  async #pass(output: NodeJS.ReadableStream, name: string): Promise<void> {
    const socket = this.#sockets.get(name);
    try {
      for await (const chunk of output) await socket?.send(chunk);
      await socket?.send(endCommand);
    } catch {
      // The client is gone. Leaving the loop has closed the stream, so the command notices when it writes.
    }
  }

  async #obey(control: ExecSocket): Promise<void> {
    const process = await this.#running.promise.catch(() => undefined);
    if (process === undefined) return;
    for await (const message of control.messages()) {
      const { command, signal, size } = parseCommand(message);
      if (command === 'resize' && size !== undefined) process.resize?.(size);
      if (command !== 'signal' || signal === undefined || !isSignal(signal)) continue;
      // Unlike Pebble, which leaves the command's own children running.
      if (signal === 'SIGKILL') void process.killSession();
      else process.signal(signal);
    }
    if (control.isBroken) void process.killSession();
  }
}

// What is left unread when the command ends is of no use to anybody.
async function write(stdin: NodeJS.WritableStream, bytes: Uint8Array): Promise<void> {
  if (!stdin.writable) return;
  await new Promise<void>((resolve) => stdin.write(bytes, () => resolve()));
}

// A client has nothing to say there, but its goodbye would go unnoticed.
async function drain(socket: ExecSocket): Promise<void> {
  for await (const _ of socket.messages());
}

function end(stdin: NodeJS.WritableStream): void {
  if (stdin.writable) stdin.end();
}

// Anything else than a command is ignored, as in Pebble.
function parseCommand(message: Uint8Array | string): {
  command?: unknown;
  signal?: string | undefined;
  size?: TerminalSize | undefined;
} {
  try {
    const parsed: unknown = JSON.parse(typeof message === 'string' ? message : Buffer.from(message).toString());
    if (typeof parsed !== 'object' || parsed === null) return {};
    const { command, signal, resize } = parsed as {
      command?: unknown;
      signal?: { name?: unknown } | null;
      resize?: Partial<Record<keyof TerminalSize, unknown>> | null;
    };
    const { width, height } = resize ?? {};
    const size = Number.isInteger(width) && Number.isInteger(height) ? ({ width, height } as TerminalSize) : undefined;
    return { command, signal: typeof signal?.name === 'string' ? signal.name : undefined, size };
  } catch {
    return {};
  }
}
