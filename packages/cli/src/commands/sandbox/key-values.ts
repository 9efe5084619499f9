// Arguments of the form key=value.

import { reasonOf } from '@charmed/ops/internal';
import { parse } from 'yaml';
import { CliError } from '../../errors.ts';

/** Collects repeated options: `--config a=1 --config b=2`. @throws CliError `bad-argument`. */
export function collectKeyValue(
  argument: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...before, ...keyValue(argument) };
}

/** @throws CliError `bad-argument`. */
export function keyValues(args: readonly string[]): Record<string, string> {
  return Object.assign({}, ...args.map(keyValue)) as Record<string, string>;
}

/** The parameters of an action, as `juju run` reads them: values are YAML, and dots in a key nest. @throws CliError `bad-argument`. */
export function actionParameters(args: readonly string[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(keyValues(args))) {
    const path = key.split('.');
    const last = path.pop() ?? '';
    const parent = path.reduce(descend, params);
    parent[last] = valueOf(key, text);
  }
  return params;
}

function descend(parent: Record<string, unknown>, key: string): Record<string, unknown> {
  const child = (parent[key] ??= {});
  if (typeof child === 'object' && child !== null) return child as Record<string, unknown>;
  throw new CliError('bad-argument', `cannot use "${key}" as a parameter: it has both a value and values below it`);
}

function valueOf(key: string, text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new CliError('bad-argument', `cannot read the value of "${key}" as YAML: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function keyValue(argument: string): Record<string, string> {
  const at = argument.indexOf('=');
  if (at > 0) return { [argument.slice(0, at)]: argument.slice(at + 1) };
  throw new CliError('bad-argument', `cannot read "${argument}": expected key=value`);
}
