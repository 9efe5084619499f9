// Asks a sandbox's controller to do things.

import { connect, type Socket } from 'node:net';
import { OpsError } from '@charmed/ops/internal';
import type { SandboxApi } from '../controller/api.ts';
import { received, send, type Answer } from '../controller/protocol.ts';
import { files, type SandboxDirectories } from '../directories.ts';

/** Thrown for what the controller refuses, with its code, and with `no-sandbox` when there is no controller to ask. */
export class SandboxError extends OpsError {}

export interface CallOptions<M extends keyof SandboxApi> {
  readonly onEvent?: (event: SandboxApi[M]['event']) => void;
  /** Ends the call. */
  readonly signal?: AbortSignal;
}

/** @throws SandboxError, or the signal's reason. */
export async function call<M extends keyof SandboxApi>(
  directories: SandboxDirectories,
  method: M,
  params: SandboxApi[M]['params'],
  { onEvent, signal }: CallOptions<M> = {},
): Promise<SandboxApi[M]['result']> {
  signal?.throwIfAborted();
  const socket = await connected(files.apiSocket(directories));
  const end = () => socket.destroy();
  signal?.addEventListener('abort', end);
  try {
    send(socket, { method, params });
    for await (const answer of answers(socket)) {
      if ('event' in answer) onEvent?.(answer.event as SandboxApi[M]['event']);
      else if ('error' in answer) throw new SandboxError(answer.error.code, answer.error.message);
      else return answer.result as SandboxApi[M]['result'];
    }
  } finally {
    signal?.removeEventListener('abort', end);
    socket.destroy();
  }
  signal?.throwIfAborted();
  throw new SandboxError(
    'controller-gone',
    'cannot tell whether the sandbox did it: its controller ended while it was asked; look at `charmed sandbox status`',
  );
}

async function* answers(socket: Socket): AsyncGenerator<Answer> {
  try {
    yield* received<Answer>(socket);
  } catch {
    // A controller that is killed leaves half an answer, or a connection that is reset.
  }
}

async function connected(path: string): Promise<Socket> {
  const socket = connect(path);
  return await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', (cause) => {
      const message = 'cannot reach the sandbox: there is none running; `charmed sandbox deploy` starts one';
      reject(new SandboxError('no-sandbox', message, { cause }));
    });
  });
}
