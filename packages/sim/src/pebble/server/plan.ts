// `/v1/plan` and `/v1/layers` (canonical/pebble internals/daemon/api_plan.go).

import { type LayerConfig, LayerError, parseLayerText, quote } from '@charmed/ops/internal';
import { badRequest } from '../engine/errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { Plan } from '../engine/plan.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { readBody } from './body.ts';
import type { ApiRequest, Route } from './router.ts';

export function planRoutes(engine: Engine): Route[] {
  return [
    { path: '/v1/plan', GET: ({ query }) => show(engine.plan, query.get('format') ?? ''), readers: 'admin' },
    { path: '/v1/layers', POST: (request) => add(engine, request) },
  ];
}

function show(plan: Plan, format: string): Answer {
  if (format !== 'yaml') throw badRequest(`invalid format ${quote(format)}`);
  return syncAnswer(plan.toYaml());
}

async function add(engine: Engine, { incoming }: ApiRequest): Promise<Answer> {
  const payload = await readBody(incoming);
  const [action, label, format] = ['action', 'label', 'format'].map((key) => payload.text(key));
  const options = { combine: payload.flag('combine'), inner: payload.flag('inner') };
  const text = payload.text('layer');
  if (action !== 'add') throw badRequest(`invalid action ${quote(action ?? '')}`);
  if (label === undefined || label === '') throw badRequest('label must be set');
  if (format !== 'yaml') throw badRequest(`invalid format ${quote(format ?? '')}`);
  engine.addLayer(parse(engine, label, text), options);
  return syncAnswer(true);
}

function parse(engine: Engine, label: string, text: string): LayerConfig {
  try {
    const layer = parseLayerText(label, text);
    engine.requireUsers(layer);
    return layer;
  } catch (error) {
    if (error instanceof LayerError) throw badRequest(`cannot parse layer YAML: ${error.message}`);
    throw error;
  }
}
