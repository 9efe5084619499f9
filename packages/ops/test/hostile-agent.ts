// A unit agent that reads requests as it should, and answers them as a test wants.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GobReader } from '../src/io/agent-socket/gob/reader.ts';
import type { GobRecord } from '../src/io/agent-socket/gob/types.ts';
import { GobWriter } from '../src/io/agent-socket/gob/writer.ts';
import {
  COMMAND_RESULT,
  commandFrom,
  METHOD,
  NOTHING,
  numberOf,
  RESPONSE_HEADER,
  type CommandRequest,
} from '../src/io/agent-socket/rpc.ts';

/** One request, with the means to answer it well. */
export interface Asked {
  readonly request: CommandRequest;
  readonly seq: number;
  readonly socket: Socket;
  /** The bytes of a good answer. */
  answer(stdout?: string | Uint8Array, seq?: number): Buffer;
  /** The bytes of an answer that is an error of the call itself. */
  refusal(message: string): Buffer;
}

export type Behaviour = (asked: Asked) => void | Promise<void>;

export function wellBehaved({ socket, answer }: Asked): void {
  socket.write(answer());
}

export class HostileAgent implements AsyncDisposable {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'hostile-agent-'));
  readonly address: string = join(this.directory, 'agent.socket');
  readonly requests: CommandRequest[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));
  readonly #behaviour: Behaviour;

  private constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
  }

  static async start(behaviour: Behaviour): Promise<HostileAgent> {
    const agent = new HostileAgent(behaviour);
    await new Promise<void>((resolve) => agent.#server.listen(agent.address, resolve));
    return agent;
  }

  /** The command lines that came, without those of juju-log. */
  get lines(): readonly string[] {
    return this.requests
      .filter(({ command }) => command !== 'juju-log')
      .map(({ command, args }) => [command, ...args].join(' '));
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Ends all connections, as an agent does that goes away. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.hangUp();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const [reader, writer] = [new GobReader(), new GobWriter()];
    const values: GobRecord[] = [];
    socket.on('data', (chunk) => {
      values.push(...reader.push(chunk));
      for (let [header, body] = values; header && body; [header, body] = values) {
        values.splice(0, 2);
        const request = commandFrom(body);
        this.requests.push(request);
        void this.#behaviour({ request, socket, ...answersOf(numberOf(header.Seq), writer) });
      }
    });
  }
}

function answersOf(seq: number, writer: GobWriter): Pick<Asked, 'seq' | 'answer' | 'refusal'> {
  return {
    seq,
    answer: (stdout = '', to = seq) =>
      Buffer.concat([
        writer.encode(RESPONSE_HEADER, { ServiceMethod: METHOD, Seq: to }),
        writer.encode(COMMAND_RESULT, { Code: 0, Stdout: Buffer.from(stdout) }),
      ]),
    refusal: (message) =>
      Buffer.concat([
        writer.encode(RESPONSE_HEADER, { ServiceMethod: METHOD, Seq: seq, Error: message }),
        writer.encode(NOTHING, {}),
      ]),
  };
}
