// The options of the charm, as `config-get` answers: `null` for those that have no value.

import type { ConfigValue } from '@charmed/sim/juju';
import { effectiveConfig } from '@charmed/sim/model';
import type { DraftScope } from './scope.ts';

export function configOf({ meta, state }: DraftScope): Readonly<Record<string, ConfigValue | null>> {
  const declared = Object.keys(meta.config?.options ?? {}).map((name) => [name, null] as const);
  const config = state.config as Readonly<Record<string, ConfigValue>>;
  return { ...Object.fromEntries(declared), ...effectiveConfig({ charm: meta, config }) };
}
