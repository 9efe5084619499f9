// The hook commands of the noun "config": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, operands } from './command.ts';
import { record } from './read.ts';
import type { HookRunner } from './runner.ts';

/** The value of an option. That of a secret option is the id of the secret. */
export type ConfigValue = string | number | boolean;

/** The application's configuration, with defaults filled in; options without a value are left out. Or one option, by its name. */
export function configGet(runner: HookRunner): Operation<Readonly<Record<string, ConfigValue>>>;
export function configGet(runner: HookRunner, key: string): Operation<ConfigValue | undefined>;
export function configGet(
  runner: HookRunner,
  key?: string,
): Operation<Readonly<Record<string, ConfigValue>> | ConfigValue | undefined> {
  if (key !== undefined) {
    return ask(runner, 'config-get', operands(key), (value) => (value === null ? undefined : configValue(value)));
  }
  return ask(runner, 'config-get', [], (value) => {
    const set = Object.entries(record(value)).filter(([, option]) => option !== null);
    return Object.fromEntries(set.map(([name, option]) => [name, configValue(option)]));
  });
}

function configValue(value: unknown): ConfigValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError('expected a string, number or boolean');
}
