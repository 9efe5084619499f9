// `/v1/services` and `/v1/signals` (canonical/pebble internals/daemon/api_services.go and api_signals.go).

import type { Engine } from '../engine/engine.ts';
import { badRequest } from '../engine/errors.ts';
import { type Answer, asyncAnswer, syncAnswer } from './answer.ts';
import { readBody } from './body.ts';
import { type ApiRequest, type Route, listParameter } from './router.ts';

export function serviceRoutes(engine: Engine): Route[] {
  const notImplemented = () => {
    throw badRequest('not implemented');
  };
  return [
    { path: '/v1/services', GET: ({ query }) => list(engine, query), POST: (request) => act(engine, request) },
    { path: '/v1/services/{name}', GET: notImplemented, POST: notImplemented },
    { path: '/v1/signals', POST: (request) => signal(engine, request) },
  ];
}

function list({ services }: Engine, query: URLSearchParams): Answer {
  const found = services.list(listParameter(query, 'names'));
  return syncAnswer(found.map(({ since, ...info }) => ({ ...info, 'current-since': since })));
}

async function act(engine: Engine, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming, 'cannot decode data from request body');
  return asyncAnswer(engine.changeServices(payload.text('action'), payload.texts('services')).id);
}

async function signal({ services }: Engine, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming);
  const name = payload.text('signal');
  const names = payload.texts('services');
  if (names.length === 0) throw badRequest('must specify one or more services');
  services.signal(names, name);
  return syncAnswer(true);
}
