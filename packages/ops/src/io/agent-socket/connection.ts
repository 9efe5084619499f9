// One connection to the unit agent, kept open for the dispatch, with one request in flight.

import { reasonOf } from '../../errors.ts';
import { HookRunnerError, MAY_HAVE_RUN, notSent, type HookRunnerErrorCode } from '../../hookcmds/errors.ts';
import { openLocalSocket } from '../local-socket/open-socket.ts';
import type { LocalSocket } from '../local-socket/socket.ts';
import { GobError } from './gob/errors.ts';
import { GobReader } from './gob/reader.ts';
import type { GobRecord } from './gob/types.ts';
import { GobWriter } from './gob/writer.ts';
import {
  answerFrom,
  COMMAND,
  METHOD,
  numberOf,
  REQUEST_HEADER,
  stringOf,
  type CommandAnswer,
  type CommandRequest,
} from './rpc.ts';

interface Waiting {
  readonly seq: number;
  readonly command: string;
  readonly resolve: (answer: CommandAnswer) => void;
  readonly reject: (error: HookRunnerError) => void;
}

export class AgentConnection {
  #socket: LocalSocket | undefined;
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
      connection.#socket = await openLocalSocket(address.replace(/^@/, '\0'), {
        data: (chunk) => connection.#receive(chunk),
        end: (error) => {
          if (error) connection.#break(error);
          else connection.#fail('agent-closed', 'the unit agent closed the connection');
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

  /** Why the connection is of no more use, if so. */
  get failure(): HookRunnerError | undefined {
    return this.#failure;
  }

  /** Sends one command and returns its answer. One at a time: wait for the answer before the next call. */
  async call(request: CommandRequest, timeoutMs: number): Promise<CommandAnswer> {
    if (this.#failure) throw this.#failure;
    const seq = ++this.#seq;
    let timer: NodeJS.Timeout | undefined;
    this.#socket?.ref();
    try {
      return await new Promise<CommandAnswer>((resolve, reject) => {
        this.#waiting = { seq, command: request.command, resolve, reject };
        const giveUp = () => this.#fail('hook-command-timeout', `no answer after ${timeoutMs} ms`);
        if (Number.isFinite(timeoutMs)) timer = setTimeout(giveUp, timeoutMs);
        void this.#socket?.write(this.#encode(seq, request));
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
      this.#socket?.unref();
    }
  }

  /** The agent waits for its connections to end before it ends the hook. */
  async close(): Promise<void> {
    this.#fail('agent-closed', 'the dispatch has ended');
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
      this.#fail('agent-garbage', reasonOf(error), { cause: error });
    }
  }

  // An answer is a header and a body; the body of an error is empty.
  #answer(): void {
    for (let [header, body] = this.#values; header && body; [header, body] = this.#values) {
      this.#values.splice(0, 2);
      const waiting = this.#waiting;
      if (!waiting || numberOf(header.Seq) !== waiting.seq) throw new GobError('it belongs to no request');
      const refusal = stringOf(header.Error);
      if (refusal === '') waiting.resolve(answerFrom(body));
      else waiting.reject(new HookRunnerError('agent-refused', `cannot run ${waiting.command}: ${refusal}`));
      this.#waiting = undefined;
    }
  }

  #break(error: NodeJS.ErrnoException): void {
    const reason = `the connection to the unit agent broke: ${error.message}`;
    const unsent = error.code === 'EPIPE' ? this.#waiting : undefined;
    if (unsent) this.#waiting = undefined; // the agent has not got it, at least not to its end
    const failure = this.#fail('agent-closed', reason, { cause: error });
    unsent?.reject(notSent(unsent.command, failure));
  }

  // After any failure nobody knows where in the stream we are, so the connection is of no more use.
  #fail(code: HookRunnerErrorCode, reason: string, options?: ErrorOptions): HookRunnerError {
    const command = this.#waiting?.command;
    const message =
      command === undefined
        ? `cannot run hook commands: ${reason}`
        : `cannot run ${command}: ${reason}. ${MAY_HAVE_RUN}`;
    this.#failure ??= new HookRunnerError(code, message, options);
    this.#waiting?.reject(this.#failure);
    void this.#socket?.close();
    return this.#failure;
  }
}
