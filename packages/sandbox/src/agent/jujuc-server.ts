// The unit agent's side of the socket: hook commands by Go's net/rpc.

import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import {
  GobReader,
  GobWriter,
  reasonOf,
  rpc,
  type CommandRequest,
  type GobRecord,
  type HookCommandResult,
} from '@charmed/ops/internal';
import { Turns } from './turns.ts';

type Handle = (request: CommandRequest) => Promise<HookCommandResult> | HookCommandResult;

export interface JujucServerOptions {
  readonly socketPath: string;
  /** Runs one command. What it throws is answered as an error of the call itself, such as `bad request: ...`. */
  readonly handle: Handle;
}

export interface JujucServer {
  /** Ends all connections and removes the socket. */
  close(): Promise<void>;
}

/** Serves hook commands to this user alone. */
export async function serveJujuc(options: JujucServerOptions): Promise<JujucServer> {
  const sockets = new Set<Socket>();
  const turns = new Turns();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serveConnection(socket, turns, options.handle);
  });
  await rm(options.socketPath, { force: true });
  await listen(server, options.socketPath);
  await chmod(options.socketPath, 0o600);
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}

function serveConnection(socket: Socket, turns: Turns, handle: Handle): void {
  const reader = new GobReader();
  const writer = new GobWriter();
  const values: GobRecord[] = [];
  const closed = new Promise<undefined>((resolve) => socket.once('close', () => resolve(undefined)));
  const receive = (chunk: Uint8Array): void => {
    values.push(...reader.push(chunk));
    for (let [header, body] = values; header && body; [header, body] = values) {
      values.splice(0, 2);
      const call = { method: rpc.stringOf(header.ServiceMethod), seq: rpc.numberOf(header.Seq), body };
      turns.add(async () => {
        // It runs though its caller may have gone, who then must not hold up others.
        const end = await Promise.race([run(call, handle), closed]);
        if (end && !socket.destroyed) socket.write(answer(writer, call, end));
      });
    }
  };
  socket.on('data', (chunk) => {
    try {
      receive(chunk);
    } catch {
      socket.destroy(); // not net/rpc
    }
  });
}

interface Call {
  readonly method: string;
  readonly seq: number;
  readonly body: GobRecord;
}

async function run({ method, body }: Call, handle: Handle): Promise<HookCommandResult | { readonly error: string }> {
  try {
    if (method !== rpc.METHOD) throw new Error(`rpc: can't find method ${method}`);
    return await handle(rpc.commandFrom(body));
  } catch (error) {
    return { error: reasonOf(error) || 'unknown error' }; // an empty one would be none
  }
}

function answer(writer: GobWriter, { method, seq }: Call, end: Awaited<ReturnType<typeof run>>): Buffer {
  if ('error' in end) {
    const header = { ServiceMethod: method, Seq: seq, Error: end.error };
    return Buffer.concat([writer.encode(rpc.RESPONSE_HEADER, header), writer.encode(rpc.NOTHING, {})]);
  }
  const result = { Code: end.code, Stdout: Buffer.from(end.stdout), Stderr: Buffer.from(end.stderr) };
  return Buffer.concat([
    writer.encode(rpc.RESPONSE_HEADER, { ServiceMethod: method, Seq: seq }),
    writer.encode(rpc.COMMAND_RESULT, result),
  ]);
}
