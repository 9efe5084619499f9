// What keeps a charm from being packed.

import type { Project } from '../charmcraft/read.ts';
import { ProjectError, isError, type Finding } from '../findings/finding.ts';
import { checkExamined } from './check.ts';

/** Tells what `charmcraft pack` lacks. */
const NOT_OURS = 'incomplete';

/** @throws ProjectError with a line for each error that `charmed check` finds. */
export async function requireChecked(
  directory: string,
  project: Project,
  onWarning: (finding: Finding) => void,
): Promise<void> {
  const findings = await checkExamined(directory, project);
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new ProjectError(directory, errors);
  findings.filter(({ rule }) => rule !== NOT_OURS).forEach(onWarning);
}
