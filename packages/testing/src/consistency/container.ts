// Containers have to be declared, their checks to be in their plans, and what an event is about to be in the state.

import type { CheckInfo } from '../state/check-info.ts';
import type { Container } from '../state/container.ts';
import { namesOf, repeated, type Findings, type Rule, type Situation } from './situation.ts';

const DEFAULT_THRESHOLD = 3;

export const containerRules: Rule = (situation, findings) => {
  const { meta, state } = situation;
  for (const container of state.containers) {
    if (!meta.containers || !(container.name in meta.containers)) {
      const known = namesOf(meta.containers);
      findings.wrong(
        `the state has container ${container.name}, but the charm declares ${known}: declare it or leave it out`,
      );
    }
    for (const check of container.checkInfos) checkInfo(container, check, findings);
    for (const twice of repeatedExecs(container)) findings.doubtful(twice);
  }
  for (const name of repeated(state.containers.map((container) => container.name))) {
    findings.doubtful(`the state has container ${name} twice: leave one out`);
  }
  checkEvent(situation, findings);
};

function repeatedExecs({ name, execs }: Container): readonly string[] {
  const prefixes = repeated(execs.map(({ commandPrefix }) => JSON.stringify(commandPrefix)));
  return [...prefixes].map((prefix) => `container ${name} has two Execs for ${prefix}: leave one out`);
}

function checkInfo({ name: container, plan }: Container, info: CheckInfo, { wrong }: Findings): void {
  const planned = plan.checks[info.name];
  const what = `checkInfo ${info.name} of container ${container}`;
  if (!planned) return wrong(`${what} is of no check in its plan: add a layer that has it, or leave it out`);
  const { level, startup = 'enabled', threshold = DEFAULT_THRESHOLD } = planned;
  if (level !== info.level) wrong(`${what} has level ${info.level}, but its plan says ${level}: make them the same`);
  if (startup !== info.startup)
    wrong(`${what} has startup ${info.startup}, but its plan says ${startup}: make them the same`);
  if (threshold !== info.threshold) {
    wrong(`${what} has threshold ${info.threshold}, but its plan says ${threshold}: make them the same`);
  }
}

function checkEvent({ meta, state, event }: Situation, findings: Findings): void {
  const { about, kind } = event;
  if (!('container' in about)) return;
  const { container, notice, check } = about;
  if (!meta.containers || !(container.name in meta.containers)) {
    return findings.wrong(
      `${kind} is about container ${container.name}, but the charm declares ${namesOf(meta.containers)}: declare it`,
    );
  }
  const found = state.containers.find(({ name }) => name === container.name);
  if (!found) {
    findings.wrong(`${kind} is about container ${container.name}, which is not in the state: add it to containers`);
  } else if (!found.equals(container)) {
    findings.wrong(
      `${kind} is about a container ${container.name} that is not as in the state: use the same value for both`,
    );
  }
  for (const twice of repeatedExecs(container)) findings.wrong(twice);
  if (!container.canConnect) {
    findings.doubtful(`${kind} comes from a container that cannot be reached: give it canConnect: true`);
  }
  if (notice && !state.containers.some(({ notices }) => notices.some(({ id }) => id === notice.id))) {
    findings.wrong(`${kind} is about notice ${notice.id}, which no container has: add it to notices`);
  }
  if (check && !container.checkInfos.some(({ name }) => name === check.name)) {
    findings.wrong(
      `${kind} is about check ${check.name}, which container ${container.name} does not have: add it to checkInfos`,
    );
  }
}
