// Whether Juju could bring about what a test asks for.

import { OpsError } from '@charmed/ops';
import { actionRules } from './action.ts';
import { cloudSpecRules } from './cloud-spec.ts';
import { configRules } from './config.ts';
import { containerRules } from './container.ts';
import { eventRules } from './event.ts';
import { networkRules } from './network.ts';
import { relationRules } from './relation.ts';
import { resourceRules } from './resource.ts';
import { secretRules } from './secret.ts';
import type { Rule, Situation } from './situation.ts';
import { storageRules } from './storage.ts';
import { storedStateRules } from './stored-state.ts';

/** A state and an event that do not go together, or not with the charm's metadata. */
export class InconsistentStateError extends OpsError {
  /** A line for each thing that is wrong, with what to change. */
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    const lines = findings.map((finding) => `- ${finding}`).join('\n');
    super(
      'inconsistent-state',
      `cannot run: Juju would never come to this. Mend it, or give checkConsistency: false.\n${lines}`,
    );
    this.findings = findings;
  }
}

const RULES: readonly Rule[] = [
  configRules,
  resourceRules,
  eventRules,
  relationRules,
  containerRules,
  actionRules,
  storageRules,
  secretRules,
  networkRules,
  cloudSpecRules,
  storedStateRules,
];

/** Returns what is probably not meant. @throws InconsistentStateError with all that Juju would never come to. */
export function requireConsistent(situation: Situation): readonly string[] {
  const wrong: string[] = [];
  const doubtful: string[] = [];
  const findings = {
    wrong: (line: string) => void wrong.push(line),
    doubtful: (line: string) => void doubtful.push(line),
  };
  for (const rule of RULES) rule(situation, findings);
  if (wrong.length > 0) throw new InconsistentStateError(wrong);
  return doubtful;
}
