// Configuration has to be what the charm declares.

import type { OptionSource } from '@charmed/ops/internal';
import { namesOf, type Findings, type Rule, type Situation } from './situation.ts';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  int: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  secret: (value) => typeof value === 'string',
};
const SECRET_ID = /^secret:[0-9a-z]{20}$/;

export const configRules: Rule = (situation, findings) => {
  const { meta, state } = situation;
  for (const [name, value] of Object.entries(state.config)) {
    const option = meta.config?.options?.[name];
    if (option === undefined) {
      findings.wrong(
        `config sets ${name}, but the charm has no such option, only ${namesOf(meta.config?.options)}: declare it or leave it out`,
      );
    } else checkOption(name, option ?? {}, value, situation, findings);
  }
};

function checkOption(
  name: string,
  { type }: OptionSource,
  value: unknown,
  { jujuVersion }: Situation,
  findings: Findings,
): void {
  if (type === undefined)
    return findings.wrong(`option ${name} has no type in the metadata: give it one, such as string`);
  const fits = TYPES[type];
  if (!fits) return findings.wrong(`option ${name} has type ${type}, which Juju does not know: use ${namesOf(TYPES)}`);
  if (type === 'secret' && !jujuVersion.isAtLeast('3.4.0')) {
    return findings.wrong(
      `option ${name} has type secret, which needs Juju 3.4, not ${jujuVersion.toString()}: raise jujuVersion`,
    );
  }
  if (!fits(value)) {
    return findings.wrong(
      `config sets ${name} to ${JSON.stringify(value)}, but its type is ${type}: give it a value of that type`,
    );
  }
  if (type === 'secret' && !SECRET_ID.test(String(value))) {
    findings.wrong(
      `config sets ${name} to ${JSON.stringify(value)}, which is no secret's id: use the id of a Secret of the state`,
    );
  }
}
