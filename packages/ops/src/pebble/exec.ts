// Runs a command in the container, with its streams.

import { readText } from './body.ts';
import { waitChange } from './changes.ts';
import { PebbleChangeError, PebbleConnectionError, PebbleExecError } from './errors.ts';
import type { FileContent } from './files.ts';
import { fields, textOf } from './fields.ts';
import { post } from './request.ts';
import type { PebbleSocket, PebbleTransport } from './transport.ts';

export interface ExecOptions {
  /** Takes environment, user, group and working directory from this service; the options here come on top. */
  readonly serviceContext?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  /** Pebble kills the command after this time. Default: none. */
  readonly timeoutMs?: number;
  readonly userId?: number;
  readonly user?: string;
  readonly groupId?: number;
  readonly group?: string;
  /** Standard input. Without it the command gets an empty one. */
  readonly stdin?: FileContent;
  /** Whether stderr goes into stdout. Default: false. */
  readonly combineStderr?: boolean;
  /** Kills the command when aborted. */
  readonly signal?: AbortSignal;
}

export interface ExecOutput {
  readonly stdout: string;
  /** Empty with `combineStderr`. */
  readonly stderr: string;
}

const NO_LIMIT_MS = 2 ** 31 - 1;

/** A command that runs. Wait for its end with one of `wait` and `waitOutput`. */
export class ExecProcess {
  readonly command: readonly string[];
  /** Output in chunks, as it comes. */
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  readonly #transport: PebbleTransport;
  readonly #change: string;
  readonly #control: PebbleSocket;
  readonly #options: ExecOptions;
  readonly #input: Promise<void>;

  constructor(running: Running) {
    this.command = running.command;
    this.#transport = running.transport;
    this.#change = running.change;
    this.#control = running.control;
    this.#options = running.options;
    this.stdout = output(running.stdio);
    this.stderr = running.stderr ? output(running.stderr) : output(undefined);
    this.#input = feed(running.stdio, running.options.stdin);
    running.options.signal?.addEventListener('abort', () => void this.sendSignal('SIGKILL').catch(() => undefined), {
      once: true,
    });
  }

  /** Waits for the end of the command. @throws PebbleExecError when its exit code is not 0, PebbleChangeError on a timeout. */
  async wait(): Promise<void> {
    const exitCode = await this.#exitCode();
    if (exitCode !== 0) throw new PebbleExecError({ command: this.command, exitCode });
  }

  /** As `wait`, and returns what the command printed. */
  async waitOutput(): Promise<ExecOutput> {
    const reading = Promise.all([readText(this.stdout, Infinity), readText(this.stderr, Infinity)]);
    const [exitCode, [stdout, stderr]] = await Promise.all([this.#exitCode(), reading]);
    if (exitCode !== 0) throw new PebbleExecError({ command: this.command, exitCode, stdout, stderr });
    return { stdout, stderr };
  }

  /** @param name such as `SIGTERM`. */
  async sendSignal(name: string): Promise<void> {
    await this.#control.send(JSON.stringify({ command: 'signal', signal: { name } }));
  }

  async #exitCode(): Promise<number> {
    const timeoutMs = this.#options.timeoutMs === undefined ? NO_LIMIT_MS : this.#options.timeoutMs + 1000;
    const change = await waitChange(this.#transport, this.#change, { timeoutMs });
    this.#control.close();
    if (change.err) throw new PebbleChangeError(change);
    await this.#input;
    const code = change.tasks[0]?.data['exit-code'];
    return typeof code === 'number' ? code : -1;
  }
}

interface Running {
  readonly command: readonly string[];
  readonly options: ExecOptions;
  readonly transport: PebbleTransport;
  readonly change: string;
  readonly control: PebbleSocket;
  readonly stdio: PebbleSocket;
  readonly stderr: PebbleSocket | undefined;
}

export async function exec(
  transport: PebbleTransport,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecProcess> {
  const { result, change } = await post(transport, '/v1/exec', payload(command, options));
  const task = textOf(fields(result, 'exec')['task-id']);
  const names = options.combineStderr ? ['control', 'stdio'] : ['control', 'stdio', 'stderr'];
  const sockets: PebbleSocket[] = [];
  try {
    for (const name of names) {
      sockets.push(await transport.websocket(`/v1/tasks/${encodeURIComponent(task)}/websocket/${name}`));
    }
  } catch (error) {
    for (const socket of sockets) socket.close();
    const ended = await waitChange(transport, change);
    if (ended.err) throw new PebbleChangeError(ended);
    throw new PebbleConnectionError(`cannot run ${command[0]}: its streams did not connect`, { cause: error });
  }
  const [control, stdio, stderr] = sockets as [PebbleSocket, PebbleSocket, PebbleSocket?];
  return new ExecProcess({ command, options, transport, change, control, stdio, stderr });
}

function payload(command: readonly string[], options: ExecOptions): Readonly<Record<string, unknown>> {
  return {
    command,
    'service-context': options.serviceContext,
    environment: options.environment,
    'working-dir': options.workingDir,
    timeout: options.timeoutMs === undefined ? undefined : `${(options.timeoutMs / 1000).toFixed(3)}s`,
    'user-id': options.userId,
    user: options.user,
    'group-id': options.groupId,
    group: options.group,
    'split-stderr': !options.combineStderr,
  };
}

// Binary frames are data; the one text frame says that no more comes.
async function* output(socket: PebbleSocket | undefined): AsyncGenerator<Uint8Array> {
  for await (const message of socket?.messages() ?? []) {
    if (typeof message === 'string') return;
    yield message;
  }
}

// A command that ends before it has read all its input is no error.
async function feed(stdio: PebbleSocket, content: FileContent | undefined): Promise<void> {
  try {
    if (typeof content === 'string') await stdio.send(new TextEncoder().encode(content));
    else if (content instanceof Uint8Array) await stdio.send(content);
    else for await (const chunk of content ?? []) await stdio.send(chunk);
    await stdio.send(JSON.stringify({ command: 'end' }));
  } catch {
    // The exit code tells.
  }
}
