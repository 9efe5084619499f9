// The streams of a command: binary frames are data, the text frame {"command":"end"} ends them.

import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { chunksOf, type FileContent } from './content.ts';
import { PebbleConnectionError } from './errors.ts';
import type { PebbleSocket } from './transport.ts';

const END = JSON.stringify({ command: 'end' });

/** What a running command reads. */
export class ExecInput {
  readonly #socket: () => Promise<PebbleSocket>;
  #isTaken = false;

  constructor(socket: () => Promise<PebbleSocket>) {
    this.#socket = socket;
  }

  /** Whether somebody has begun to write. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Waits while the command does not read. @throws PebbleConnectionError when it has ended. */
  write(content: FileContent): Operation<void> {
    this.#isTaken = true;
    return operation('exec.stdin.write', async () => {
      await sendContent(await this.#socket(), content);
    });
  }

  /** Tells the command that no more comes. */
  end(): Operation<void> {
    this.#isTaken = true;
    return operation('exec.stdin.end', async () => {
      await sendEnd(await this.#socket());
    });
  }
}

export async function sendContent(socket: PebbleSocket, content: FileContent): Promise<void> {
  for await (const chunk of chunksOf(content)) await socket.send(chunk);
}

export async function sendEnd(socket: PebbleSocket): Promise<void> {
  await socket.send(END);
}

/** What the command prints. A reader who stops early does not hold it up. */
export async function* readOutput(socket: PebbleSocket): AsyncGenerator<Uint8Array> {
  let hasEnded = false;
  try {
    for await (const message of socket.messages()) {
      if (typeof message !== 'string') yield message;
      else if (isEnd(message)) {
        hasEnded = true;
        return;
      }
    }
    throw new PebbleConnectionError('cannot read the output of a command: the connection ended before it did');
  } finally {
    if (!hasEnded) void skipOutput(socket);
  }
}

/** Lets the command print what nobody wants to read. */
async function skipOutput(socket: PebbleSocket): Promise<void> {
  for await (const message of socket.messages()) if (isEnd(message)) return;
}

// Other text frames are none that we know, and are skipped as ops does.
function isEnd(message: Uint8Array | string): boolean {
  if (typeof message !== 'string') return false;
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null && 'command' in value && value.command === 'end';
  } catch {
    return false;
  }
}
