// What a check of the plan looks at.

import { type CheckConfig, splitWords } from '@charmed/ops/internal';
import { execCheckSpec, withServiceContext } from './command-context.ts';
import type { BaseEnvironment, Users } from './environment.ts';
import type { Plan } from './plan.ts';
import type { Probe } from './probe.ts';

/** The checks, each with the context of the service that it names. */
export function plannedChecks(plan: Plan): ReadonlyMap<string, CheckConfig> {
  return new Map([...plan.checks].map(([name, check]) => [name, withContext(plan, check)]));
}

/** @throws PebbleError when the user or group is unknown. */
export function probeOf({ http, tcp, exec }: CheckConfig, base: BaseEnvironment, users: Users): Probe {
  if (http !== undefined) return { kind: 'http', url: http.url ?? '', headers: http.headers ?? {} };
  if (tcp !== undefined) return { kind: 'tcp', host: tcp.host ?? 'localhost', port: tcp.port ?? 0 };
  const { command = '', ...context } = exec ?? {};
  return { kind: 'exec', spec: execCheckSpec(splitWords(command), context, base, users) };
}

function withContext({ services }: Plan, check: CheckConfig): CheckConfig {
  const { exec } = check;
  if (exec === undefined) return check;
  return { ...check, exec: { ...exec, ...withServiceContext(services, exec['service-context'] ?? '', exec) } };
}
