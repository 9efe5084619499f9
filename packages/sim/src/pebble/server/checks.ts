// `GET /v1/checks` (canonical/pebble docs/reference/health-checks.md). Checks of the plan are listed but not run, so all are inactive.

import { badRequest } from '../engine/errors.ts';
import type { Plan } from '../engine/plan.ts';
import { type Answer, syncAnswer } from './answer.ts';
import { type Route, listParameter } from './router.ts';

export function checkRoutes(plan: Plan): Route[] {
  return [{ path: '/v1/checks', GET: ({ query }) => list(plan, query) }];
}

function list(plan: Plan, query: URLSearchParams): Answer {
  const level = query.get('level') ?? '';
  if (!['', 'alive', 'ready'].includes(level)) throw badRequest('level must be "alive" or "ready"');
  const names = listParameter(query, 'names');
  const checks = [...plan.checks]
    .filter(([name, check]) => (names.length === 0 || names.includes(name)) && (level === '' || level === check.level))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return syncAnswer(
    checks.map(([name, check]) => ({
      name,
      level: check.level,
      startup: check.startup ?? 'enabled',
      status: 'inactive',
      successes: 0,
      threshold: check.threshold,
    })),
  );
}
