// `GET /v1/metrics`: counters as OpenMetrics text (canonical/pebble docs/reference/metrics.md).

import type { Engine } from '../engine/engine.ts';
import type { ApiResponse } from './answer.ts';
import type { Route } from './router.ts';

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly label: string;
  readonly of: string;
  readonly value: number;
}

export function metricsRoutes(engine: Engine): Route[] {
  return [{ path: '/v1/metrics', GET: ({ response }) => send(engine, response), readers: 'metrics' }];
}

function send(engine: Engine, response: ApiResponse): undefined {
  const metrics = [...serviceMetrics(engine), ...checkMetrics(engine)];
  // Nothing has no type.
  response.writeHead(200, metrics.length > 0 ? { 'Content-Type': 'text/plain; charset=utf-8' } : {});
  response.end(metrics.map(encode).join(''));
}

function serviceMetrics({ services }: Engine): Metric[] {
  return services.started().flatMap(({ name, status, starts }): Metric[] => [
    {
      name: 'pebble_service_active',
      help: 'Whether the service is currently active (1) or not (0)',
      type: 'gauge',
      label: 'service',
      of: name,
      value: status === 'active' ? 1 : 0,
    },
    {
      name: 'pebble_service_start_count',
      help: 'Number of times the service has started',
      type: 'counter',
      label: 'service',
      of: name,
      value: starts,
    },
  ]);
}

// A check that is stopped is neither up nor down.
function checkMetrics({ checks }: Engine): Metric[] {
  return checks.totals().flatMap(([{ name, status }, { successes, failures }]): Metric[] => {
    const common = { label: 'check', of: name } as const;
    const help = 'Whether the health check is up (1) or not (0)';
    const up = { name: 'pebble_check_up', help, type: 'gauge', value: status === 'up' ? 1 : 0, ...common } as const;
    return [
      ...(status === 'inactive' ? [] : [up]),
      {
        name: 'pebble_check_success_count',
        help: 'Number of times the check has succeeded',
        type: 'counter',
        value: successes,
        ...common,
      },
      {
        name: 'pebble_check_failure_count',
        help: 'Number of times the check has failed',
        type: 'counter',
        value: failures,
        ...common,
      },
    ];
  });
}

function encode({ name, help, type, label, of, value }: Metric): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name}{${label}=${JSON.stringify(of)}} ${value}\n\n`;
}
