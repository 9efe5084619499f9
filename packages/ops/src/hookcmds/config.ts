// The hook commands of the noun "config": arguments to argv, stdout to a value.

import { runForJson } from './command.ts';
import { record } from './read.ts';
import type { HookRunner } from './runner.ts';

export type ConfigValue = string | number | boolean;

/** Options without a value are left out. */
export function configGet(runner: HookRunner): Promise<Readonly<Record<string, ConfigValue>>> {
  return runForJson(runner, 'config-get', [], (value) => {
    const set = Object.entries(record(value)).filter(([, option]) => option !== null);
    return Object.fromEntries(set.map(([name, option]) => [name, configValue(option)]));
  });
}

function configValue(value: unknown): ConfigValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError('expected a string, number or boolean');
}
