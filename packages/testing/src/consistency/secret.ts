// Secrets have to be there, and need a Juju that has them.

import { repeated, type Rule } from './situation.ts';

export const secretRules: Rule = ({ state, event: { about, kind }, jujuVersion }, findings) => {
  for (const id of repeated(state.secrets.map((secret) => secret.id))) {
    findings.wrong(`the state has secret ${id} twice: give each an id of its own`);
  }
  if (!('secret' in about)) return;
  if (!state.secrets.some(({ id }) => id === about.secret.id)) {
    findings.wrong(`${kind} is about secret ${about.secret.id}, which is not in the state: add it to secrets`);
  }
  if (!jujuVersion.isAtLeast('3.0.0')) {
    findings.wrong(`${kind} needs Juju 3.0, not ${jujuVersion.toString()}: raise jujuVersion`);
  }
};
