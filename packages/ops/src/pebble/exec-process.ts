// A command that runs in the container.

import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { decode } from './body.ts';
import { ByteStream } from './byte-stream.ts';
import { completeChange } from './changes.ts';
import type { FileContent } from './content.ts';
import { PebbleConnectionError, PebbleExecError } from './errors.ts';
import { closeExec, splitsStderr, startExec } from './exec.ts';
import type { ExecConnection, ExecOptions, TerminalSize } from './exec.ts';
import { ExecInput, readOutput, sendContent, sendEnd } from './exec-streams.ts';
import type { PebbleSocket, PebbleTransport } from './transport.ts';

export interface ExecOutput {
  readonly stdout: string;
  /** Empty when it goes into stdout. */
  readonly stderr: string;
}

/** How much later than its own time limit a command may end. */
const EXIT_GRACE_MS = 1000;
/** How much later than the command its output may end. */
const OUTPUT_GRACE_MS = 5000;

/**
 * A command that runs. It has been started, but has not succeeded before `wait` or `waitOutput` says so: one of them must be awaited.
 */
export class ExecProcess {
  readonly command: readonly string[];
  /** What the command reads; `undefined` if that was given as an option. */
  readonly stdin: ExecInput | undefined;
  readonly stdout: ByteStream;
  /** `undefined` when it goes into stdout. */
  readonly stderr: ByteStream | undefined;
  readonly #transport: PebbleTransport;
  readonly #options: ExecOptions;
  /** To be looked at by `wait` and `waitOutput` only, so that a command that nobody waits for is found. */
  readonly #started: Operation<ExecConnection>;
  #connection: Promise<ExecConnection> | undefined;
  #exit: Promise<number> | undefined;
  #hasEnded = false;
  readonly #reading = new Set<PebbleSocket>();
  readonly #failure = new AbortController();
  readonly #signal: AbortSignal;

  constructor(transport: PebbleTransport, command: readonly string[], options: ExecOptions = {}) {
    this.command = command;
    this.#transport = transport;
    this.#options = options;
    this.#signal = AbortSignal.any([...(options.signal ? [options.signal] : []), this.#failure.signal]);
    this.#started = operation('exec', () => this.#start());
    void this.#started.settled();
    this.stdin = options.stdin === undefined ? new ExecInput(async () => (await this.#connected()).stdio) : undefined;
    this.stdout = new ByteStream(`stdout of ${command[0]}`, () => this.#read((connection) => connection.stdio));
    this.stderr = splitsStderr(options)
      ? new ByteStream(`stderr of ${command[0]}`, () => this.#read((connection) => connection.stderr))
      : undefined;
  }

  /**
   * Waits for the end of the command. Ends its input and throws away its output, unless somebody has begun to use them.
   *
   * @throws PebbleExecError when the exit code is not 0, PebbleChangeError when the command could not be run or ran out of time.
   */
  wait(): Operation<void> {
    return operation('exec.wait', async () => {
      const connection = await this.#started;
      for (const output of [this.stdout, this.stderr]) if (output && !output.isTaken) void skip(output);
      const exitCode = await this.#exitCode(connection);
      if (exitCode !== 0) throw new PebbleExecError({ command: this.command, exitCode });
    });
  }

  /** As `wait`, and returns what the command printed. Bytes that are not UTF-8 become U+FFFD. */
  waitOutput(): Operation<ExecOutput> {
    return operation('exec.waitOutput', async () => {
      const connection = await this.#started;
      const reading = Promise.all([textOf(this.stdout), textOf(this.stderr)]);
      // A command whose output has broken off may never end.
      reading.catch((error: unknown) => this.#failure.abort(error));
      const exit = this.#exitCode(connection);
      const exitCode = await Promise.race([exit, reading.then(() => exit)]);
      const late = setTimeout(() => closeExec(connection), OUTPUT_GRACE_MS);
      const [stdout, stderr] = await reading.finally(() => clearTimeout(late));
      if (exitCode !== 0) throw new PebbleExecError({ command: this.command, exitCode, stdout, stderr });
      return { stdout, stderr };
    });
  }

  /** Sends a signal, such as `SIGTERM`, to the command. Pebble ignores names that it does not know. */
  sendSignal(signal: string): Operation<void> {
    return operation('exec.sendSignal', async () => {
      await sendSignal(await this.#connected(), signal);
    });
  }

  /** Tells a command on a terminal its new size. */
  resize({ width, height }: TerminalSize): Operation<void> {
    return operation('exec.resize', async () => {
      const { control } = await this.#connected();
      await control.send({ command: 'resize', resize: { width, height } });
    });
  }

  #start(): Promise<ExecConnection> {
    const connection = startExec(this.#transport, this.command, { ...this.#options, signal: this.#signal });
    this.#connection = connection;
    void connection.then(
      (connected) => this.#follow(connected),
      () => undefined,
    );
    return connection;
  }

  #connected(): Promise<ExecConnection> {
    return this.#connection ?? this.#started;
  }

  #follow(connection: ExecConnection): void {
    const { stdin } = this.#options;
    if (stdin !== undefined) void this.#feed(connection.stdio, stdin);
    this.#signal.addEventListener('abort', () => void kill(connection), { once: true });
  }

  async #feed(stdio: PebbleSocket, content: FileContent): Promise<void> {
    try {
      await sendContent(stdio, content);
      await sendEnd(stdio);
    } catch (error) {
      // A command may end before it has read all, but what fails in the source of the content is for the caller.
      if (!(error instanceof PebbleConnectionError)) this.#failure.abort(error);
    }
  }

  async *#read(choose: (connection: ExecConnection) => PebbleSocket | undefined): AsyncGenerator<Uint8Array> {
    const socket = choose(await this.#connected());
    if (!socket) return;
    this.#reading.add(socket);
    try {
      yield* readOutput(socket);
    } catch (error) {
      this.#signal.throwIfAborted();
      throw error;
    } finally {
      this.#reading.delete(socket);
      if (this.#hasEnded) socket.close();
    }
  }

  #exitCode(connection: ExecConnection): Promise<number> {
    this.#exit ??= this.#waitForExit(connection);
    return this.#exit;
  }

  async #waitForExit(connection: ExecConnection): Promise<number> {
    const { timeoutMs = Infinity } = this.#options;
    if (this.stdin && !this.stdin.isTaken) void sendEnd(connection.stdio).catch(() => undefined);
    try {
      const { tasks } = await completeChange(this.#transport, connection.change, {
        timeoutMs: timeoutMs + EXIT_GRACE_MS,
        signal: this.#signal,
      });
      this.#hasEnded = true;
      this.#closeUnread(connection);
      const exitCode = tasks[0]?.data['exit-code'];
      return typeof exitCode === 'number' ? exitCode : -1;
    } catch (error) {
      closeExec(connection);
      throw error;
    }
  }

  #closeUnread({ control, stdio, stderr }: ExecConnection): void {
    control.close();
    for (const socket of [stdio, stderr]) if (socket && !this.#reading.has(socket)) socket.close();
  }
}

async function kill(connection: ExecConnection): Promise<void> {
  await sendSignal(connection, 'SIGKILL').catch(() => undefined);
  closeExec(connection);
}

async function sendSignal({ control }: ExecConnection, name: string): Promise<void> {
  await control.send({ command: 'signal', signal: { name } });
}

async function textOf(output: ByteStream | undefined): Promise<string> {
  return output ? decode(output) : '';
}

async function skip(output: ByteStream): Promise<void> {
  try {
    for await (const _ of output) continue;
  } catch {
    // The end of the command tells what went wrong.
  }
}
