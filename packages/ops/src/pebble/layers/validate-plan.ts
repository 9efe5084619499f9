// The rules that the combined layers must keep (canonical/pebble internals/plan/plan.go, Plan.Validate).

import type { CheckConfig, LayerConfig, LogTargetConfig, ServiceConfig } from './config.ts';
import { layerError } from './layer-error.ts';
import { startOrder } from './order.ts';
import { quote } from './quote.ts';
import { logTargetTypes } from './validate-layer.ts';

type Services = ReadonlyMap<string, ServiceConfig>;

/** @throws LayerError with Pebble's text. */
export function validatePlan(combined: LayerConfig): void {
  const { services } = combined;
  for (const [name, { command }] of services) {
    if (command === undefined) {
      throw layerError(`plan must define "command" for service ${quote(name)}`, 'services', name, 'command');
    }
  }
  for (const [name, check] of combined.checks) validateCheck(name, check, services);
  for (const [name, target] of combined['log-targets']) validateLogTarget(name, target, services);
  startOrder(services, [...services.keys()]);
}

function validateCheck(name: string, { http, tcp, exec }: CheckConfig, services: Services): void {
  const missing = (key: string, type: string) =>
    layerError(`plan must set ${quote(key)} for ${type} check ${quote(name)}`, 'checks', name, type, key);
  if (http !== undefined && http.url === undefined) throw missing('url', 'http');
  if (tcp !== undefined && tcp.port === undefined) throw missing('port', 'tcp');
  if (exec !== undefined && exec.command === undefined) throw missing('command', 'exec');
  const context = exec?.['service-context'];
  if (context !== undefined && !services.has(context)) {
    const reason = `plan check ${quote(name)} service context specifies non-existent service ${quote(context)}`;
    throw layerError(reason, 'checks', name, 'exec', 'service-context');
  }
  if ([http, tcp, exec].filter((type) => type !== undefined).length !== 1) {
    throw layerError(`plan must specify one of "http", "tcp", or "exec" for check ${quote(name)}`, 'checks', name);
  }
}

function validateLogTarget(name: string, target: LogTargetConfig, services: Services): void {
  const refuse = (reason: string, key: string) => layerError(reason, 'log-targets', name, key);
  if (target.type === undefined) {
    const [first = '', second = '', third = ''] = logTargetTypes.map(quote);
    throw refuse(`plan must define "type" (${first}, ${second} or ${third}) for log target ${quote(name)}`, 'type');
  }
  const named = (target.services ?? []).map((service) => service.replace(/^-/, ''));
  const unknown = named.find((service) => service !== 'all' && !services.has(service));
  if (unknown !== undefined) {
    throw refuse(`log target ${quote(name)} specifies unknown service ${quote(unknown)}`, 'services');
  }
  if (target.location === undefined) {
    throw refuse(`plan must define "location" for log target ${quote(name)}`, 'location');
  }
}
