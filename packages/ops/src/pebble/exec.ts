// Starts a command in the container and connects its streams (Pebble documentation, API: POST /v1/exec).

import { completeChange, durationOf } from './changes.ts';
import type { FileContent } from './content.ts';
import { PebbleConnectionError, PebbleProtocolError } from './errors.ts';
import { fieldsOf, textOf, type Fields } from './fields.ts';
import { post } from './request.ts';
import type { PebbleSocket, PebbleTransport } from './transport.ts';

export interface ExecOptions {
  /** A service whose environment, user, group and working directory the command gets; the options here come on top. */
  readonly serviceContext?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly workingDir?: string | undefined;
  /** Pebble kills the command after so many milliseconds. Default: never. */
  readonly timeoutMs?: number | undefined;
  readonly userId?: number | undefined;
  readonly user?: string | undefined;
  readonly groupId?: number | undefined;
  readonly group?: string | undefined;
  /** What the command reads. Without it, `ExecProcess.stdin` can be written to. */
  readonly stdin?: FileContent | undefined;
  /** Whether stderr goes into stdout. Default: false, and with a terminal true. */
  readonly combineStderr?: boolean | undefined;
  /** Runs the command on a terminal. Default: on pipes. */
  readonly terminal?: TerminalOptions | undefined;
  /** Kills the command. */
  readonly signal?: AbortSignal | undefined;
}

export interface TerminalOptions {
  /** Whether the command reads from the terminal too. Default: true. */
  readonly interactive?: boolean | undefined;
  /** In characters. Default: what the container's system takes for a new terminal. */
  readonly size?: TerminalSize | undefined;
}

export interface TerminalSize {
  readonly width: number;
  readonly height: number;
}

/** Whether the command has a stderr of its own. */
export function splitsStderr({ combineStderr, terminal }: ExecOptions): boolean {
  return !(combineStderr ?? terminal !== undefined);
}

/** The websockets of a running command. */
export interface ExecConnection {
  readonly change: string;
  readonly control: ExecControl;
  /** Input and output. */
  readonly stdio: PebbleSocket;
  readonly stderr: PebbleSocket | undefined;
}

/** The websocket for signals and sizes, which most commands get none of: it is opened for the first. */
export class ExecControl {
  readonly #open: () => Promise<PebbleSocket>;
  #socket: Promise<PebbleSocket> | undefined;
  #isClosed = false;

  constructor(open: () => Promise<PebbleSocket>) {
    this.#open = open;
  }

  /** @throws PebbleConnectionError when the command has ended. */
  async send(message: Fields): Promise<void> {
    if (this.#isClosed) throw new PebbleConnectionError('cannot control a command: it has ended');
    this.#socket ??= this.#open();
    await (await this.#socket).send(JSON.stringify(message));
  }

  close(): void {
    this.#isClosed = true;
    void this.#socket?.then(
      (socket) => socket.close(),
      () => undefined,
    );
  }
}

export async function startExec(
  transport: PebbleTransport,
  command: readonly string[],
  options: ExecOptions,
): Promise<ExecConnection> {
  const what = `run command ${command[0]}`;
  const { signal } = options;
  const { result, change } = await post(transport, what, '/v1/exec', payloadOf(command, options), { signal });
  if (change === undefined) throw new PebbleProtocolError(`cannot ${what}: Pebble answered with no change`);
  const task = encodeURIComponent(textOf(fieldsOf(result)['task-id']));
  const open = (name: string, until?: AbortSignal) => transport.websocket(`/v1/tasks/${task}/websocket/${name}`, until);
  const names = splitsStderr(options) ? ['stdio', 'stderr'] : ['stdio'];
  const opened = await Promise.allSettled(names.map((name) => open(name, signal)));
  const sockets = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const [stdio, stderr] = sockets;
  if (stdio && sockets.length === names.length) {
    return { change, control: new ExecControl(() => open('control')), stdio, stderr };
  }
  for (const socket of sockets) socket.close();
  signal?.throwIfAborted();
  // If the command could not start at all, the change knows why.
  await completeChange(transport, change, { signal });
  const cause = opened.find((each) => each.status === 'rejected')?.reason as unknown;
  throw new PebbleConnectionError(`cannot ${what}: its streams did not connect`, { cause });
}

export function closeExec({ control, stdio, stderr }: ExecConnection): void {
  for (const socket of [control, stdio, stderr]) socket?.close();
}

function payloadOf(command: readonly string[], options: ExecOptions): Fields {
  const { terminal } = options;
  return {
    command,
    'service-context': options.serviceContext,
    environment: options.environment,
    'working-dir': options.workingDir,
    timeout: options.timeoutMs === undefined ? undefined : durationOf(options.timeoutMs),
    'user-id': options.userId,
    user: options.user,
    'group-id': options.groupId,
    group: options.group,
    'split-stderr': splitsStderr(options),
    ...(terminal && {
      terminal: true,
      interactive: terminal.interactive ?? true,
      width: terminal.size?.width,
      height: terminal.size?.height,
    }),
  };
}
