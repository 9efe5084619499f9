// `POST /v1/exec` and the websockets of its tasks (canonical/pebble docs/reference/api.md; internals/daemon/api_exec.go, api_tasks.go).

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { quote } from '@charmed/ops/internal';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Engine } from '../engine/engine.ts';
import { badRequest, notFound, serverError } from '../engine/errors.ts';
import type { Execution } from '../engine/execution.ts';
import type { Terminal } from '../engine/process.ts';
import { isReady } from '../engine/task.ts';
import { requireAccess, userOf } from './access.ts';
import { type Answer, asyncAnswer } from './answer.ts';
import { type Payload, readBody } from './body.ts';
import { WsExecSocket } from './exec-socket.ts';
import { type ApiRequest, type Route, durationOf, findRoute, splitUrl } from './router.ts';
import { userFields } from './user-fields.ts';

const websocketPath = '/v1/tasks/{task}/websocket/{name}';

export function execRoutes(engine: Engine): Route[] {
  return [
    { path: '/v1/exec', POST: (request) => exec(engine, request) },
    {
      path: websocketPath,
      GET: ({ params, response }) => {
        if (isOver(engine, params)) {
          response.end();
          return undefined;
        }
        findExecution(engine, params);
        throw badRequest('Bad Request');
      },
      readers: 'admin',
    },
  ];
}

async function exec(engine: Engine, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming);
  const workingDir = payload.optionalText('working-dir');
  const timeout = payload.text('timeout');
  const request = {
    command: payload.texts('command'),
    serviceContext: payload.text('service-context'),
    context: {
      environment: payload.dictionary('environment'),
      ...userFields(payload),
      ...(workingDir !== undefined && { 'working-dir': workingDir }),
    },
    splitStderr: payload.flag('split-stderr'),
    terminal: payload.flag('terminal') ? terminalIn(payload) : undefined,
  };
  if (request.command.length === 0) throw badRequest('must specify command');
  const timeoutMs = durationOf(timeout, 'timeout');
  if (payload.flag('interactive') && request.terminal === undefined) {
    throw serverError('cannot call exec: cannot use interactive mode without a terminal');
  }
  const { change, task, environment, workingDir: directory } = engine.exec({ ...request, timeoutMs });
  return asyncAnswer(change.id, { environment, 'task-id': task.id, 'working-dir': directory });
}

function terminalIn(payload: Payload): Terminal {
  const [width = 0, height = 0] = ['width', 'height'].map((key) => payload.optionalInteger(key));
  return { interactive: payload.flag('interactive'), size: width > 0 && height > 0 ? { width, height } : undefined };
}

/** Takes over connections that become websockets. */
export class ExecSockets {
  readonly #engine: Engine;
  readonly #server = new WebSocketServer({ noServer: true });

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** @throws PebbleError when the request is not for a websocket that is waited for. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    requireAccess(userOf(incoming, this.#engine.identities), 'admin');
    const { execution, name } = executionAt(this.#engine, incoming.url ?? '/');
    this.#server.handleUpgrade(incoming, socket, head, (websocket: WebSocket) => {
      execution.connect(name, new WsExecSocket(websocket));
    });
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

/** @throws PebbleError when the path is not that of a websocket that is waited for. */
export function executionAt(engine: Engine, url: string): { readonly execution: Execution; readonly name: string } {
  const { params } = findRoute([{ path: websocketPath }], splitUrl({ url }).path);
  return { execution: findExecution(engine, params), name: params['name'] ?? '' };
}

// Pebble has nothing to say about the websockets of a command that has ended.
function isOver(engine: Engine, { task: id = '' }: ApiRequest['params']): boolean {
  const task = engine.changes.findTask(id);
  return task?.plan.kind === 'exec' && isReady(task.status);
}

function findExecution(engine: Engine, params: ApiRequest['params']): Execution {
  const { task: id = '', name = '' } = params;
  const task = engine.changes.findTask(id);
  if (task === undefined) throw notFound(`cannot find task ${quote(id)}`);
  if (task.plan.kind !== 'exec') throw badRequest(`${quote(task.plan.kind)} tasks do not have websockets`);
  const execution = engine.execution(id);
  if (execution === undefined) throw notFound(`cannot find ${name} websocket for task ${quote(id)}`);
  execution.checkConnect(id, name);
  return execution;
}
