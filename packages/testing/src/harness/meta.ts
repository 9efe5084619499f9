// The metadata of the charm in a harness, from its class, from YAML or as it is.

import { reasonOf, type MetaSource } from '@charmed/ops/internal';
import { parse } from 'yaml';
import { HarnessError } from './errors.ts';

export interface MetaOptions {
  /** In place of the metadata of the class: as YAML, or parsed. Without either the charm is `test-charm`, which declares nothing. */
  readonly meta?: string | MetaSource;
  /** What actions.yaml says: as YAML, or parsed. Default: those of the metadata. */
  readonly actions?: string | MetaSource['actions'];
  /** What config.yaml says: as YAML, or parsed. Default: that of the metadata. */
  readonly config?: string | MetaSource['config'];
}

/** @throws HarnessError for what is not a mapping in YAML. */
export function harnessMeta(ofClass: MetaSource | undefined, options: MetaOptions): MetaSource {
  const { meta = ofClass ?? { name: 'test-charm' }, actions, config } = options;
  const base = parsed<MetaSource>('meta', meta);
  if (actions === undefined && config === undefined) return base;
  return {
    ...base,
    ...(actions !== undefined && { actions: parsed<NonNullable<MetaSource['actions']>>('actions', actions) }),
    ...(config !== undefined && { config: parsed<NonNullable<MetaSource['config']>>('config', config ?? {}) }),
  };
}

function parsed<T extends object>(option: string, given: string | T): T {
  if (typeof given !== 'string') return given;
  try {
    const value: unknown = parse(dedented(given));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  } catch (error) {
    throw new HarnessError(`cannot read the option ${option} of the harness: ${reasonOf(error)}`);
  }
  throw new HarnessError(
    `cannot read the option ${option} of the harness: it has to be a mapping, such as "name: web"`,
  );
}

// A text in a test is indented as the code around it.
function dedented(text: string): string {
  const indents = text.split('\n').filter((line) => line.trim() !== '');
  const depth = Math.min(...indents.map((line) => line.length - line.trimStart().length));
  return text.replaceAll(new RegExp(`^ {${depth}}`, 'gm'), '');
}
