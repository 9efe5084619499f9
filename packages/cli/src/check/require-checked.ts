// What keeps a charm from being packed.

import { ProjectError, isError, type Finding } from '../findings/finding.ts';
import { check } from './check.ts';

/** Tells what `charmcraft pack` lacks. */
const NOT_OURS = 'incomplete';

/** @throws ProjectError with a line for each error that `charmed check` finds. */
export async function requireChecked(directory: string, onWarning: (finding: Finding) => void): Promise<void> {
  const findings = await check(directory);
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new ProjectError(directory, errors);
  findings.filter(({ rule }) => rule !== NOT_OURS).forEach(onWarning);
}
