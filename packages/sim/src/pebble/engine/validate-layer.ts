// The rules that a layer must keep by itself (canonical/pebble internals/plan/plan.go, Layer.Validate). Those that only a whole plan
// can keep are in validate-plan.ts.

import { parseCommand } from './command.ts';
import type { Users } from './environment.ts';
import { LayerError, PebbleError } from './errors.ts';
import type { CheckConfig, Layer, LogTargetConfig, ServiceConfig } from './layer.ts';
import { quote } from './quote.ts';
import { WordError, splitWords } from './split-words.ts';

export const logTargetTypes: readonly string[] = ['loki', 'opentelemetry', 'syslog'];
const exitActions = ['restart', 'shutdown', 'ignore'];

/** @throws LayerError with Pebble's text. */
export function validateLayer(layer: Layer): void {
  if (layer.label.startsWith('pebble-')) throw new LayerError('cannot use reserved label prefix "pebble-"');
  for (const [name, service] of layer.services) validateService(name, service);
  for (const [name, check] of layer.checks) validateCheck(name, check);
  for (const [name, target] of layer['log-targets']) validateLogTarget(name, target);
}

/** The users and groups of checks must be there. @throws LayerError with Pebble's text. */
export function validateUsers(layer: Layer, users: Users): void {
  for (const [name, { exec }] of layer.checks) {
    rewording(`plan check ${quote(name)} has invalid user/group`, () => users.resolve(exec ?? {}));
  }
}

function validateService(name: string, service: ServiceConfig): void {
  if (name === '') throw new LayerError('cannot use empty string as service name');
  if (name === 'pebble') throw new LayerError(`cannot use reserved service name ${quote(name)}`);
  if (name.startsWith('-')) {
    throw new LayerError(`cannot use service name ${quote(name)}: starting with "-" not allowed`);
  }
  rewording(`plan service ${quote(name)} command invalid`, () => parseCommand(name, service.command ?? ''));
  validateAction(name, 'on-success', service['on-success'], 'failure-shutdown');
  validateAction(name, 'on-failure', service['on-failure'], 'success-shutdown');
  for (const action of Object.values(service['on-check-failure'] ?? {})) {
    validateAction(name, 'on-check-failure', action, 'success-shutdown');
  }
  const factor = service['backoff-factor'];
  if (factor !== undefined && factor < 1) {
    throw new LayerError(`plan service ${quote(name)} backoff-factor must be 1.0 or greater, not ${factor}`);
  }
}

function validateAction(service: string, field: string, action: string | undefined, alsoValid: string): void {
  if (action === undefined || action === '' || action === alsoValid || exitActions.includes(action)) return;
  throw new LayerError(`plan service ${quote(service)} ${field} action ${quote(action)} invalid`);
}

function validateCheck(name: string, check: CheckConfig): void {
  const refuse = (reason: string) => new LayerError(`plan check ${quote(name)} ${reason}`);
  if (name === '') throw new LayerError('cannot use empty string as check name');
  if (!['alive', 'ready', undefined].includes(check.level)) throw refuse('level must be "alive" or "ready"');
  if (!['enabled', 'disabled', undefined].includes(check.startup)) {
    throw refuse('startup must be "enabled" or "disabled"');
  }
  if (check.period === 0) throw refuse('period must not be zero');
  if (check.timeout === 0) throw refuse('timeout must not be zero');
  rewording(`plan check ${quote(name)} command invalid`, () => splitWords(check.exec?.command ?? ''));
}

function validateLogTarget(name: string, target: LogTargetConfig): void {
  for (const label of Object.keys(target.labels ?? {})) {
    if (label.startsWith('pebble_')) {
      throw new LayerError(`log target ${quote(name)}: label ${quote(label)} uses reserved prefix "pebble_"`);
    }
  }
  if (target.type === undefined || logTargetTypes.includes(target.type)) return;
  const [first = '', second = '', third = ''] = logTargetTypes.map(quote);
  throw new LayerError(
    `log target ${quote(name)} has unsupported type ${quote(target.type)}, must be ${first}, ${second} or ${third}`,
  );
}

function rewording(what: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (error instanceof PebbleError || error instanceof WordError) throw new LayerError(`${what}: ${error.message}`);
    throw error;
  }
}
