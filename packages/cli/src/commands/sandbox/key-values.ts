// Arguments of the form key=value.

import { InvalidArgumentError } from 'commander';
import { parse } from 'yaml';

/** Collects repeated options: `--config a=1 --config b=2`. */
export function collectKeyValue(
  argument: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...before, ...keyValue(argument) };
}

export function keyValues(args: readonly string[]): Record<string, string> {
  return Object.assign({}, ...args.map(keyValue)) as Record<string, string>;
}

/** The parameters of an action, as `juju run` reads them: values are YAML, and dots in a key nest. */
export function actionParameters(args: readonly string[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(keyValues(args))) {
    const path = key.split('.');
    const last = path.pop() ?? '';
    const parent = path.reduce(descend, params);
    parent[last] = parse(text);
  }
  return params;
}

function descend(parent: Record<string, unknown>, key: string): Record<string, unknown> {
  const child = (parent[key] ??= {});
  if (typeof child === 'object' && child !== null) return child as Record<string, unknown>;
  throw new InvalidArgumentError(`"${key}" has both a value and values below it.`);
}

function keyValue(argument: string): Record<string, string> {
  const at = argument.indexOf('=');
  if (at > 0) return { [argument.slice(0, at)]: argument.slice(at + 1) };
  throw new InvalidArgumentError(`Expected key=value, got "${argument}".`);
}
