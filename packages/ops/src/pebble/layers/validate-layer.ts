// The rules that a layer must keep by itself (canonical/pebble internals/plan/plan.go, Layer.Validate). Those that only a whole plan
// can keep are in validate-plan.ts; which users and groups there are, only the machine knows.

import { parseCommand } from './command.ts';
import type { CheckConfig, LayerConfig, LogTargetConfig, ServiceConfig } from './config.ts';
import { formatFloat64 } from './float64.ts';
import { LayerError, layerError } from './layer-error.ts';
import { quote } from './quote.ts';
import { WordError, splitWords } from './split-words.ts';

export const logTargetTypes: readonly string[] = ['loki', 'opentelemetry', 'syslog'];
const exitActions = ['restart', 'shutdown', 'ignore'];

/** @throws LayerError with Pebble's text. */
export function validateLayer(layer: LayerConfig): void {
  if (layer.label.startsWith('pebble-')) throw layerError('cannot use reserved label prefix "pebble-"');
  for (const [name, service] of layer.services) validateService(name, service);
  for (const [name, check] of layer.checks) validateCheck(name, check);
  for (const [name, target] of layer['log-targets']) validateLogTarget(name, target);
}

function validateService(name: string, service: ServiceConfig): void {
  const refuse = (reason: string, ...keys: readonly string[]) => layerError(reason, 'services', name, ...keys);
  if (name === '') throw refuse('cannot use empty string as service name');
  if (name === 'pebble') throw refuse(`cannot use reserved service name ${quote(name)}`);
  if (name.startsWith('-')) throw refuse(`cannot use service name ${quote(name)}: starting with "-" not allowed`);
  try {
    parseCommand(name, service.command ?? '');
  } catch (error) {
    if (!(error instanceof LayerError)) throw error;
    throw refuse(`plan service ${quote(name)} command invalid: ${error.message}`, 'command');
  }
  requireAction(name, ['on-success'], service['on-success'], 'failure-shutdown');
  requireAction(name, ['on-failure'], service['on-failure'], 'success-shutdown');
  for (const [check, action] of Object.entries(service['on-check-failure'] ?? {})) {
    requireAction(name, ['on-check-failure', check], action, 'success-shutdown');
  }
  const factor = service['backoff-factor'];
  if (factor !== undefined && factor < 1) {
    const reason = `plan service ${quote(name)} backoff-factor must be 1.0 or greater, not ${formatFloat64(factor)}`;
    throw refuse(reason, 'backoff-factor');
  }
}

function requireAction(
  service: string,
  keys: readonly [string, ...string[]],
  action: string | undefined,
  alsoValid: string,
): void {
  if (action === undefined || action === '' || action === alsoValid || exitActions.includes(action)) return;
  const reason = `plan service ${quote(service)} ${keys[0]} action ${quote(action)} invalid`;
  throw layerError(reason, 'services', service, ...keys);
}

function validateCheck(name: string, check: CheckConfig): void {
  const refuse = (reason: string, ...keys: readonly string[]) =>
    layerError(`plan check ${quote(name)} ${reason}`, 'checks', name, ...keys);
  if (name === '') throw layerError('cannot use empty string as check name', 'checks', name);
  if (!['alive', 'ready', undefined].includes(check.level)) throw refuse('level must be "alive" or "ready"', 'level');
  if (!['enabled', 'disabled', undefined].includes(check.startup)) {
    throw refuse('startup must be "enabled" or "disabled"', 'startup');
  }
  if (check.period === 0) throw refuse('period must not be zero', 'period');
  if (check.timeout === 0) throw refuse('timeout must not be zero', 'timeout');
  try {
    splitWords(check.exec?.command ?? '');
  } catch (error) {
    if (!(error instanceof WordError)) throw error;
    throw refuse(`command invalid: ${error.message}`, 'exec', 'command');
  }
}

function validateLogTarget(name: string, target: LogTargetConfig): void {
  const refuse = (reason: string, ...keys: readonly string[]) =>
    layerError(`log target ${quote(name)}${reason}`, 'log-targets', name, ...keys);
  for (const label of Object.keys(target.labels ?? {})) {
    if (label.startsWith('pebble_'))
      throw refuse(`: label ${quote(label)} uses reserved prefix "pebble_"`, 'labels', label);
  }
  if (target.type === undefined || logTargetTypes.includes(target.type)) return;
  const [first = '', second = '', third = ''] = logTargetTypes.map(quote);
  throw refuse(` has unsupported type ${quote(target.type)}, must be ${first}, ${second} or ${third}`, 'type');
}
