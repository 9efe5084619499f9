// The results of an action as Juju takes them: flat, under keys of its own rules, and no larger than a command line.

import { ModelError } from '../errors.ts';

/** A result of an action: a string, or more of them under a common name. Numbers and booleans are sent as text. */
export type ActionResult = string | number | boolean | { readonly [key: string]: ActionResult };

const KEY = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** Juju writes these itself. */
const RESERVED: ReadonlySet<string> = new Set(['stdout', 'stdout-encoding', 'stderr', 'stderr-encoding']);

/** What one argument of a process holds on Linux. The agent's socket could take more, but not every dispatch has one. */
const MAX_ARGUMENT_BYTES = 131_071;
/** Half of what all arguments and the environment of a process hold together. */
const MAX_TOTAL_BYTES = 1024 * 1024;

/** One argument for each result. @throws ModelError `bad-action-result`, `action-result-too-large`. */
export function actionSetArgs(results: Readonly<Record<string, ActionResult>>): readonly string[] {
  let total = 0;
  return Object.entries(flatten(results)).map(([key, value]) => {
    const argument = `${key}=${value}`;
    const bytes = Buffer.byteLength(argument);
    total += bytes;
    if (bytes > MAX_ARGUMENT_BYTES) throw tooLarge(key, bytes, MAX_ARGUMENT_BYTES);
    if (total > MAX_TOTAL_BYTES) throw tooLarge(`${key} and those before it`, total, MAX_TOTAL_BYTES);
    return argument;
  });
}

/** Nested results under dotted keys. */
export function flatten(results: Readonly<Record<string, ActionResult>>): Readonly<Record<string, string>> {
  const flat = new Map<string, string>();
  for (const [key, value] of leaves(results, '')) {
    if (flat.has(key)) throw badResult(key, 'it is given twice');
    flat.set(key, String(value));
  }
  return Object.fromEntries(flat);
}

function* leaves(results: Readonly<Record<string, ActionResult>>, prefix: string): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(results)) {
    requireKey(name);
    if (typeof value === 'object') yield* leaves(value, `${prefix}${name}.`);
    else yield [`${prefix}${name}`, value];
  }
}

function requireKey(name: string): void {
  if (!KEY.test(name)) {
    throw badResult(
      JSON.stringify(name),
      'a key has lower-case letters, digits, "-" and ".", and begins and ends with a letter or digit',
    );
  }
  const reserved = name.split('.').find((part) => RESERVED.has(part));
  if (reserved !== undefined) throw badResult(name, `Juju writes ${reserved} itself. Choose another name.`);
}

function badResult(key: string, reason: string): ModelError {
  return new ModelError('bad-action-result', `cannot set action result ${key}: ${reason}`);
}

function tooLarge(what: string, bytes: number, limit: number): ModelError {
  return new ModelError(
    'action-result-too-large',
    `cannot set action result ${what}: ${bytes} bytes are more than the ${limit} that a command line holds. Write it to a file, and return its path.`,
  );
}
