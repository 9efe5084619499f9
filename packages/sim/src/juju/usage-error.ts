// How a hook command says that it was called wrongly.

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {}

/** @throws UsageError when there are arguments behind the first `count`. */
export function requireAtMost(args: readonly string[], count: number): void {
  if (args.length > count) throw new UsageError(`unrecognized args: [${args.slice(count).map(quote).join(' ')}]`);
}
import { quote } from '@charmed/ops/internal';
