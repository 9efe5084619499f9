// The unit agent's side of the socket: hook commands by Go's net/rpc, one after another on each connection, as the real agent does.

import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import {
  GobReader,
  GobWriter,
  rpc,
  type CommandRequest,
  type GobRecord,
  type HookCommandResult,
} from '@charmed/ops/internal';

export interface JujucServerOptions {
  readonly socketPath: string;
  readonly handle: (request: CommandRequest) => Promise<HookCommandResult> | HookCommandResult;
}

export interface JujucServer {
  /** Ends all connections and removes the socket. */
  close(): Promise<void>;
}

/** Serves hook commands to this user alone. */
export async function serveJujuc(options: JujucServerOptions): Promise<JujucServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serveConnection(socket, options.handle);
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

function serveConnection(socket: Socket, handle: JujucServerOptions['handle']): void {
  const reader = new GobReader();
  const writer = new GobWriter();
  const values: GobRecord[] = [];
  let last: Promise<void> = Promise.resolve();
  socket.on('data', (chunk) => {
    try {
      values.push(...reader.push(chunk));
    } catch {
      socket.destroy(); // not net/rpc
      return;
    }
    for (let [header, body] = values; header && body; [header, body] = values) {
      values.splice(0, 2);
      const call = { header, body };
      last = last.then(async () => {
        socket.write(await answer(call, writer, handle));
      });
      last.catch(() => socket.destroy());
    }
  });
}

async function answer(
  call: { readonly header: GobRecord; readonly body: GobRecord },
  writer: GobWriter,
  handle: JujucServerOptions['handle'],
): Promise<Buffer> {
  const [method, seq] = [rpc.stringOf(call.header.ServiceMethod), rpc.numberOf(call.header.Seq)];
  if (method !== rpc.METHOD) {
    const header = { ServiceMethod: method, Seq: seq, Error: `rpc: can't find method ${method}` };
    return Buffer.concat([writer.encode(rpc.RESPONSE_HEADER, header), writer.encode(rpc.NOTHING, {})]);
  }
  const result = await handle(rpc.commandFrom(call.body));
  return Buffer.concat([
    writer.encode(rpc.RESPONSE_HEADER, { ServiceMethod: method, Seq: seq }),
    writer.encode(rpc.COMMAND_RESULT, {
      Code: result.code,
      Stdout: Buffer.from(result.stdout),
      Stderr: Buffer.from(result.stderr),
    }),
  ]);
}
