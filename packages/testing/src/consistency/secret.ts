// Secrets have to be there, and need a Juju that has them.

import type { Secret } from '../state/secret.ts';
import { repeated, type Findings, type Rule } from './situation.ts';

export const secretRules: Rule = ({ state, event: { about, kind }, jujuVersion }, findings) => {
  for (const id of repeated(state.secrets.map((secret) => secret.id))) {
    findings.doubtful(`the state has secret ${id} twice: give each an id of its own`);
  }
  if (!('secret' in about)) return;
  const { secret } = about;
  const found = state.secrets.find(({ id }) => id === secret.id);
  if (!found) {
    findings.wrong(`${kind} is about secret ${secret.id}, which is not in the state: add it to secrets`);
  } else if (!found.equals(secret)) {
    findings.wrong(
      `${kind} is about a secret ${secret.id} that is not as in the state: take the state's, state.secret(secret)`,
    );
  }
  checkAudience(about.what, secret, findings);
  if (!jujuVersion.isAtLeast('3.0.0')) {
    findings.wrong(`${kind} needs Juju 3.0, not ${jujuVersion.toString()}: raise jujuVersion`);
  }
};

/** Who reads a secret is told of a change; all else concerns who owns it. */
function checkAudience(what: string, { id, owner }: Secret, findings: Findings): void {
  if (what === 'secret-changed' && owner !== undefined) {
    findings.wrong(`${what} is about secret ${id}, but its owner is not told of changes: give it no owner`);
  } else if (what !== 'secret-changed' && owner === undefined) {
    findings.wrong(`${what} is about secret ${id}, but only its owner is told: give it owner: 'unit' or 'app'`);
  }
}
