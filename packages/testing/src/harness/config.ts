// What the user of a harness may set.

import type { MetaSource } from '@charmed/ops';
import type { ConfigValue } from '@charmed/sim/juju';
import { HarnessError } from './errors.ts';

type Config = Readonly<Record<string, ConfigValue>>;
type Option = NonNullable<NonNullable<NonNullable<MetaSource['config']>['options']>[string]>;

/** As in ops, `null` leaves an option as it is, and what is not declared may be unset. @throws HarnessError */
export function updatedConfig(
  meta: MetaSource,
  before: Config,
  values: Readonly<Record<string, ConfigValue | null | undefined>>,
  unset: readonly string[],
): Config {
  const after: Record<string, ConfigValue> = { ...before };
  for (const [name, value] of Object.entries(values)) {
    requireFits(meta, name, value ?? undefined);
    if (value !== null && value !== undefined) after[name] = value;
  }
  for (const name of unset) delete after[name];
  return after;
}

function requireFits(meta: MetaSource, name: string, value: ConfigValue | undefined): void {
  const options = meta.config?.options ?? {};
  if (!Object.hasOwn(options, name)) {
    const known = Object.keys(options).join(', ') || 'none';
    throw new HarnessError(`cannot set option ${name}: the metadata declares ${known}`);
  }
  const type = options[name]?.type;
  if (type === undefined) throw new HarnessError(`cannot set option ${name}: the metadata does not say its type`);
  if (value === undefined || typeTests[type](value)) return;
  throw new HarnessError(`cannot set option ${name}: expected ${type}, got ${JSON.stringify(value)}`);
}

const typeTests: Readonly<Record<NonNullable<Option['type']>, (value: ConfigValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  secret: (value) => typeof value === 'string',
  int: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
};
