// The configuration of an application: what its charm declares, what the user has set, and what the charm therefore sees.

import type { OptionSource } from '@charmed/ops/internal';
import type { ConfigValue } from '../juju/hook-context.ts';
import type { ApplicationState, ModelState } from './state.ts';
import { ModelCommandError, applicationOf, patch } from './update.ts';

/** Values as typed on a command line, or already of their type; `null` resets to the default. */
export type ConfigChange = Readonly<Record<string, ConfigValue | null>>;

/** What config-get sees: declared defaults overlaid by what is set. */
export function effectiveConfig(application: Pick<ApplicationState, 'charm' | 'config'>): Record<string, ConfigValue> {
  const values: Record<string, ConfigValue> = {};
  for (const [name, option] of Object.entries(application.charm.config?.options ?? {})) {
    const value = application.config[name] ?? option?.default;
    if (value !== undefined && value !== null) values[name] = value;
  }
  return values;
}

/** @throws ModelCommandError `unknown-application`, `unknown-option`, `option-type`. */
export function setConfig(state: ModelState, name: string, change: ConfigChange): ModelState {
  const application = applicationOf(state, name);
  const config = changedConfig(application, change);
  const before = JSON.stringify(effectiveConfig(application));
  const after = JSON.stringify(effectiveConfig({ charm: application.charm, config }));
  const configVersion = before === after ? application.configVersion : application.configVersion + 1;
  return patch(state, 'applications', name, { config, configVersion });
}

export function changedConfig(
  application: Pick<ApplicationState, 'name' | 'charm' | 'config'>,
  change: ConfigChange,
): Record<string, ConfigValue> {
  const options = application.charm.config?.options ?? {};
  const config = { ...application.config };
  for (const [name, value] of Object.entries(change)) {
    const option = options[name];
    if (option === undefined) {
      const known = Object.keys(options).join(', ') || 'none';
      throw new ModelCommandError(
        'unknown-option',
        `cannot set "${name}" of ${application.name}: its charm has the options ${known}`,
      );
    }
    if (value === null) delete config[name];
    else config[name] = typedValue(application.name, name, option ?? {}, value);
  }
  return config;
}

function typedValue(application: string, name: string, option: OptionSource, value: ConfigValue): ConfigValue {
  const type = option.type ?? 'string';
  const typed = typeof value === 'string' ? parsed(type, value) : accepted(type, value);
  if (typed !== undefined) return typed;
  throw new ModelCommandError(
    'option-type',
    `cannot set "${name}" of ${application}: expected ${type}, got "${value}"`,
  );
}

type OptionType = NonNullable<OptionSource['type']>;

// The spellings that Go's strconv takes, which Juju reads these with.
function parsed(type: OptionType, text: string): ConfigValue | undefined {
  switch (type) {
    case 'string':
      return text;
    case 'int':
      return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
    case 'float':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return booleanOf(text);
    case 'secret':
      return /^secret:[0-9a-z]{20}$/.test(text) ? text : undefined;
  }
}

function booleanOf(text: string): boolean | undefined {
  if (/^(1|t|T|true|True|TRUE)$/.test(text)) return true;
  return /^(0|f|F|false|False|FALSE)$/.test(text) ? false : undefined;
}

function accepted(type: OptionType, value: number | boolean): ConfigValue | undefined {
  if (typeof value === 'boolean') return type === 'boolean' ? value : undefined;
  if (type === 'float') return value;
  return type === 'int' && Number.isInteger(value) ? value : undefined;
}
