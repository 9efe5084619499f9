// One connection to the unit agent, kept open for the dispatch, with one request in flight.

import { reasonOf } from '../../errors.ts';
import { HookRunnerError } from '../../hookcmds/errors.ts';
import { GobReader } from './gob/reader.ts';
import type { GobRecord } from './gob/types.ts';
import { GobWriter } from './gob/writer.ts';
import { openAgentSocket } from './open-socket.ts';
import { COMMAND, METHOD, numberOf, REQUEST_HEADER, stringOf, type CommandRequest } from './rpc.ts';
import type { AgentSocket } from './socket.ts';

interface Waiting {
  readonly seq: number;
  readonly resolve: (answer: GobRecord) => void;
  readonly reject: (error: Error) => void;
}

export class AgentConnection {
  #socket: AgentSocket | undefined;
  readonly #reader = new GobReader();
  readonly #writer = new GobWriter();
  readonly #values: GobRecord[] = [];
  #waiting: Waiting | undefined;
  #failure: HookRunnerError | undefined;
  #seq = 0;

  /** @param address path of the socket; `@name` is an abstract one. @throws HookRunnerError `agent-unreachable`. */
  static async open(address: string): Promise<AgentConnection> {
    const connection = new AgentConnection();
    try {
      connection.#socket = await openAgentSocket(address.replace(/^@/, '\0'), {
        data: (chunk) => connection.#receive(chunk),
        end: (error) => {
          const reason = error?.message ?? 'it closed the connection';
          connection.#fail(new HookRunnerError('agent-closed', closedMessage(reason)));
        },
      });
    } catch (error) {
      const message = `cannot reach the unit agent on ${address}: ${reasonOf(error)}`;
      throw new HookRunnerError('agent-unreachable', message, { cause: error });
    }
    // A connection without a request does not keep the process alive: a handler that waits for nothing is found.
    connection.#socket.unref();
    return connection;
  }

  /** Sends one command and returns the answer's body. One at a time: wait for the answer before the next call. */
  async call(request: CommandRequest, timeoutMs: number): Promise<GobRecord> {
    if (this.#failure) throw this.#failure;
    const seq = ++this.#seq;
    let timer: NodeJS.Timeout | undefined;
    this.#socket?.ref();
    try {
      return await new Promise<GobRecord>((resolve, reject) => {
        this.#waiting = { seq, resolve, reject };
        if (Number.isFinite(timeoutMs)) timer = setTimeout(() => this.#giveUp(request.command, timeoutMs), timeoutMs);
        this.#socket?.write(this.#encode(seq, request));
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
      this.#socket?.unref();
    }
  }

  /** The agent waits for its connections to end before it ends the hook. */
  async close(): Promise<void> {
    this.#failure ??= new HookRunnerError('agent-closed', closedMessage('the dispatch has ended'));
    await this.#socket?.close();
  }

  #encode(seq: number, request: CommandRequest): Buffer {
    return Buffer.concat([
      this.#writer.encode(REQUEST_HEADER, { ServiceMethod: METHOD, Seq: seq }),
      this.#writer.encode(COMMAND, {
        ContextId: request.contextId,
        Dir: request.dir,
        CommandName: request.command,
        Args: request.args,
        StdinSet: request.stdin !== undefined,
        Stdin: request.stdin,
        Token: request.token,
      }),
    ]);
  }

  #receive(chunk: Uint8Array): void {
    try {
      this.#values.push(...this.#reader.push(chunk));
      this.#answer();
    } catch (error) {
      this.#fail(error instanceof HookRunnerError ? error : new HookRunnerError('agent-garbage', String(error)));
    }
  }

  // An answer is a header and a body; the body of an error is empty.
  #answer(): void {
    const [header, body] = this.#values;
    if (!header || !body) return;
    this.#values.splice(0, 2);
    const waiting = this.#waiting;
    if (!waiting || numberOf(header.Seq) !== waiting.seq) {
      throw new HookRunnerError('agent-garbage', "cannot read the agent's answer: it belongs to no request");
    }
    const refusal = stringOf(header.Error);
    if (refusal)
      waiting.reject(new HookRunnerError('agent-refused', `cannot run hook command: the agent says: ${refusal}`));
    else waiting.resolve(body);
  }

  #giveUp(command: string, timeoutMs: number): void {
    this.#fail(new HookRunnerError('hook-command-timeout', `cannot run ${command}: no answer after ${timeoutMs} ms`));
  }

  // After any failure nobody knows where in the stream we are, so the connection is of no more use.
  #fail(error: HookRunnerError): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    void this.#socket?.close();
  }
}

function closedMessage(reason: string): string {
  return `cannot go on talking to the unit agent: ${reason}. The command may have run; it is not repeated.`;
}
