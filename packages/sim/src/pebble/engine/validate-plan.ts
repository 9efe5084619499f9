// The rules that the combined layers must keep (canonical/pebble internals/plan/plan.go, Plan.Validate).

import { LayerError } from './errors.ts';
import type { CheckConfig, Layer, LogTargetConfig, ServiceConfig } from './layer.ts';
import { startOrder } from './order.ts';
import { quote } from './quote.ts';
import { logTargetTypes } from './validate-layer.ts';

type Services = ReadonlyMap<string, ServiceConfig>;

/** @throws LayerError with Pebble's text. */
export function validatePlan(combined: Layer): void {
  const { services } = combined;
  for (const [name, { command }] of services) {
    if (command === undefined) throw new LayerError(`plan must define "command" for service ${quote(name)}`);
  }
  for (const [name, check] of combined.checks) validateCheck(name, check, services);
  for (const [name, target] of combined['log-targets']) validateLogTarget(name, target, services);
  startOrder(services, [...services.keys()]);
}

function validateCheck(name: string, { http, tcp, exec }: CheckConfig, services: Services): void {
  const missing = (key: string, type: string) =>
    new LayerError(`plan must set ${quote(key)} for ${type} check ${quote(name)}`);
  if (http !== undefined && http.url === undefined) throw missing('url', 'http');
  if (tcp !== undefined && tcp.port === undefined) throw missing('port', 'tcp');
  if (exec !== undefined && exec.command === undefined) throw missing('command', 'exec');
  const context = exec?.['service-context'];
  if (context !== undefined && !services.has(context)) {
    throw new LayerError(`plan check ${quote(name)} service context specifies non-existent service ${quote(context)}`);
  }
  if ([http, tcp, exec].filter((type) => type !== undefined).length !== 1) {
    throw new LayerError(`plan must specify one of "http", "tcp", or "exec" for check ${quote(name)}`);
  }
}

function validateLogTarget(name: string, target: LogTargetConfig, services: Services): void {
  if (target.type === undefined) {
    const [first = '', second = '', third = ''] = logTargetTypes.map(quote);
    throw new LayerError(`plan must define "type" (${first}, ${second} or ${third}) for log target ${quote(name)}`);
  }
  const named = (target.services ?? []).map((service) => service.replace(/^-/, ''));
  const unknown = named.find((service) => service !== 'all' && !services.has(service));
  if (unknown !== undefined) {
    throw new LayerError(`log target ${quote(name)} specifies unknown service ${quote(unknown)}`);
  }
  if (target.location === undefined) {
    throw new LayerError(`plan must define "location" for log target ${quote(name)}`);
  }
}
