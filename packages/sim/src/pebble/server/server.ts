// Serves the API on a unix socket that only its owner can reach.

import { once } from 'node:events';
import { type IncomingMessage, type Server, ServerResponse, createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { lstatSync, rmSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { OpsError } from '@charmed/ops/internal';
import { bootId } from '../backend/proc.ts';
import type { Engine } from '../engine/engine.ts';
import { PebbleError } from '../engine/errors.ts';
import type { Files } from '../engine/files.ts';
import type { Identities } from '../engine/identities.ts';
import { errorAnswer, sendAnswer } from './answer.ts';
import { ExecSockets } from './exec.ts';
import { type Route, dispatch } from './router.ts';
import { apiRoutes } from './routes.ts';

const ownerOnly = 0o177;

export class PebbleServer {
  readonly #routes: readonly Route[];
  readonly #server: Server;
  readonly #sockets: ExecSockets;
  readonly #identities: Identities;
  readonly #beforeAnswer: () => void;
  #isClosing = false;

  /** `beforeAnswer` is called before each answer. */
  constructor(engine: Engine, files: Files, beforeAnswer: () => void = () => undefined) {
    this.#beforeAnswer = beforeAnswer;
    this.#routes = apiRoutes(engine, files, bootId(), engine.clock);
    this.#identities = engine.identities;
    this.#sockets = new ExecSockets(engine);
    // A client may wait for a change, or push a file, for as long as it likes.
    this.#server = createServer({ requestTimeout: 0 }, (incoming, response) => void this.#serve(incoming, response));
    this.#server.on('upgrade', (incoming, socket, head) => this.#upgrade(incoming, socket, head));
  }

  /** Takes the place of a socket that nobody answers on any more. @throws OpsError `socket-in-use` when somebody does. */
  async listen(socketPath: string): Promise<void> {
    if (await isAnswered(socketPath)) {
      throw new OpsError('socket-in-use', `cannot listen on ${socketPath}: another Pebble does; stop it first`);
    }
    if (lstatSync(socketPath, { throwIfNoEntry: false })?.isSocket()) rmSync(socketPath);
    const listening = once(this.#server, 'listening');
    // The socket is made before `listen` returns; setting its mode later would leave a moment to others.
    const umask = process.umask(ownerOnly);
    this.#server.listen(socketPath);
    process.umask(umask);
    await listening;
  }

  /** Takes no more requests, but lets those that run have their answers. */
  refuseMore(): void {
    this.#isClosing = true;
    this.#server.close();
  }

  /** Cuts what is still connected. */
  async close(): Promise<void> {
    this.refuseMore();
    this.#sockets.close();
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined;
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#isClosing) sendAnswer(response, errorAnswer(new PebbleError(503, 'daemon is stopping')));
    else await dispatch(this.#routes, incoming, response, this.#identities, this.#beforeAnswer);
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    try {
      this.#sockets.upgrade(incoming, socket, head);
    } catch (error) {
      const response = new ServerResponse(incoming);
      response.assignSocket(socket as Socket);
      response.shouldKeepAlive = false;
      response.once('finish', () => socket.end());
      sendAnswer(response, errorAnswer(error));
    }
  }
}

async function isAnswered(socketPath: string): Promise<boolean> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
