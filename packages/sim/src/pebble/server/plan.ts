// `/v1/plan` and `/v1/layers` (canonical/pebble internals/daemon/api_plan.go).

import { LayerError, badRequest } from '../engine/errors.ts';
import { parseLayer } from '../engine/parse-layer.ts';
import type { Plan } from '../engine/plan.ts';
import { quote } from '../engine/quote.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { readBody } from './body.ts';
import type { ApiRequest, Route } from './router.ts';

export function planRoutes(plan: Plan): Route[] {
  return [
    { path: '/v1/plan', GET: ({ query }) => show(plan, query.get('format') ?? '') },
    { path: '/v1/layers', POST: (request) => add(plan, request) },
  ];
}

function show(plan: Plan, format: string): Answer {
  if (format !== 'yaml') throw badRequest(`invalid format ${quote(format)}`);
  return syncAnswer(plan.toYaml());
}

async function add(plan: Plan, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming);
  const [action, label, format] = ['action', 'label', 'format'].map((key) => payload.text(key));
  const options = { combine: payload.flag('combine'), inner: payload.flag('inner') };
  const text = payload.text('layer');
  if (action !== 'add') throw badRequest(`invalid action ${quote(action ?? '')}`);
  if (label === undefined || label === '') throw badRequest('label must be set');
  if (format !== 'yaml') throw badRequest(`invalid format ${quote(format ?? '')}`);
  plan.add(parse(label, text), options);
  return syncAnswer(true);
}

function parse(label: string, text: string): ReturnType<typeof parseLayer> {
  try {
    return parseLayer(label, text);
  } catch (error) {
    if (error instanceof LayerError) throw new LayerError(`cannot parse layer YAML: ${error.message}`);
    throw error;
  }
}
