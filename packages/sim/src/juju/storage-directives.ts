// How much of which storage a charm asks for. Follows juju/juju internal/storage/directive.go.

import { quote } from '@charmed/ops/internal';
import { UsageError } from './usage-error.ts';

const COUNT = /^-?[0-9]+$/;
// A pool, or a size: what only users may choose.
const POOL = /^[a-zA-Z]+[-?a-zA-Z0-9]*$/;
const SIZE = /^-?[0-9]+(?:\.[0-9]+)?[MGTPEZY](?:i?B)?$/;

/** From `name` and `name=count` arguments. @throws UsageError */
export function storageCountsIn(args: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const arg of args) {
    const [name = '', directive = '1', ...others] = arg.split('=');
    if (others.length > 0 || name === '')
      throw new UsageError(`expected "name=directive" or "name", got ${quote(arg)}`);
    if (counts.has(name)) throw new UsageError(`storage ${quote(name)} specified more than once`);
    counts.set(
      name,
      countIn(
        name,
        directive.split(',').filter((field) => field !== ''),
      ),
    );
  }
  return counts;
}

function countIn(name: string, fields: readonly string[]): number {
  const refuse = (reason: string): UsageError =>
    new UsageError(`cannot parse directive for storage ${quote(name)}: ${reason}`);
  if (fields.length === 0) throw refuse('storage directives require at least one field to be specified');
  const unknown = fields.find((field) => ![COUNT, POOL, SIZE].some((known) => known.test(field)));
  if (unknown !== undefined) throw refuse(`unrecognized storage directive ${quote(unknown)} not valid`);
  const counts = fields.filter((field) => COUNT.test(field));
  const bad = counts.find((count) => !(Number(count) > 0));
  if (bad !== undefined) throw refuse(`cannot parse count: count must be greater than zero, got ${quote(bad)}`);
  const [count = '1', other] = counts;
  if (other !== undefined)
    throw refuse(`storage instance count is already set to ${count}, new value ${other} not valid`);
  if (counts.length < fields.length) throw new UsageError(`only count can be specified for ${quote(name)}`);
  return Number(count);
}
