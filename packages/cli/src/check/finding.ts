// What `charmed check` has to say about one place.

import type { Finding } from '../findings/finding.ts';
import { RULES, type Severity } from '../findings/rules.ts';

export interface CheckFinding extends Finding {
  /** That of its rule. */
  readonly severity: Severity;
}

export function checkFinding(finding: Finding): CheckFinding {
  return { ...finding, severity: RULES[finding.rule].severity };
}
