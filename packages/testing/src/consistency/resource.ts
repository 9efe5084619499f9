// Resources have to be what the charm declares.

import { namesOf, type Rule } from './situation.ts';

export const resourceRules: Rule = ({ meta, state }, findings) => {
  for (const { name } of state.resources) {
    if (meta.resources && name in meta.resources) continue;
    findings.wrong(
      `the state has resource ${name}, but the charm declares ${namesOf(meta.resources)}: declare it or leave it out`,
    );
  }
};
