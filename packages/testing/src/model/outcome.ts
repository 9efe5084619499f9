// What of a model counts as its state when two ways to it are compared: what users and other charms see.

import { isDeepStrictEqual } from 'node:util';
import { isSubordinate, relationName, type ModelState } from '@charmed/sim/model';
import type { Container } from '../state/container.ts';
import type { World, Worlds } from './world.ts';

export type Outcome = Readonly<Record<string, unknown>>;

/**
 * By the name of each fact. Times and ids are not among them, nor what charms have stored. Which principal had its subordinate first is
 * nothing to tell apart either: subordinates are named after their principals here, and who leads them is left out.
 */
export function outcomeOf(worlds: Worlds): Outcome {
  const [only] = worlds;
  if (only !== undefined && worlds.length === 1) return outcomeOfOne(only);
  const facts = worlds.flatMap((world) =>
    Object.entries(outcomeOfOne(world)).map(([name, fact]) => [`${world.state.model.name}: ${name}`, fact] as const),
  );
  return Object.fromEntries(facts);
}

function outcomeOfOne(world: World): Outcome {
  const aliases = Object.values(world.state.units).flatMap(({ name, application, principal }) =>
    principal === null ? [] : [[name, `${application} of ${principal}`] as const],
  );
  const rename = (said: string) => aliases.reduce((done, [name, alias]) => done.replaceAll(wordOf(name), alias), said);
  const facts = Object.entries(factsOf(world));
  if (aliases.length === 0) return Object.fromEntries(facts);
  return Object.fromEntries(
    facts.map(([name, fact]) => [rename(name), JSON.parse(rename(JSON.stringify(fact ?? null)))]),
  );
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w/-])${name}(?!\\d)`, 'g');
}

function factsOf({ state, containers }: World): Outcome {
  const ofContainers = Object.entries(containers).flatMap(([unit, all]) =>
    all.flatMap((each) => containerFacts(unit, each)),
  );
  return { ...modelFacts(state), ...secretFacts(state), ...Object.fromEntries(ofContainers) };
}

function modelFacts(state: ModelState): Outcome {
  const facts: Record<string, unknown> = {};
  for (const { name, status, workloadVersion, leader, charm } of Object.values(state.applications)) {
    facts[`status of ${name}`] = status && [status.status, status.message];
    facts[`version of ${name}`] = workloadVersion;
    if (!isSubordinate({ charm })) facts[`leader of ${name}`] = leader;
  }
  for (const { name, workloadStatus, openedPorts } of Object.values(state.units)) {
    facts[`status of ${name}`] = [workloadStatus.status, workloadStatus.message];
    facts[`ports of ${name}`] = openedPorts.map(({ protocol, from, to }) => `${protocol} ${from}-${to}`).toSorted();
  }
  for (const relation of Object.values(state.relations)) {
    for (const [member, { settings }] of Object.entries({ ...relation.units, ...relation.applications })) {
      facts[`data of ${member} in ${relationName(relation)}`] = withoutIds(settings);
    }
  }
  return facts;
}

// What is in them may be random: passwords are.
function secretFacts({ secrets }: ModelState): Outcome {
  const byOwner = Map.groupBy(Object.values(secrets), ({ owner }) => owner.name);
  const facts = [...byOwner].map(([owner, all]) => {
    const shown = all.map(({ label, rotate, latest, revisions, grants }) => {
      const keys = Object.keys(revisions[latest]?.content ?? {}).toSorted();
      return { label, rotate, keys, readers: grants.map(({ application, unit }) => unit ?? application).toSorted() };
    });
    return [`secrets of ${owner}`, shown.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))] as const;
  });
  return Object.fromEntries(facts);
}

function containerFacts(
  unit: string,
  { name, plan, serviceStatuses, checkInfos, files }: Container,
): [string, unknown][] {
  return [
    [`plan of ${unit} ${name}`, plan],
    [`services of ${unit} ${name}`, serviceStatuses],
    [`checks of ${unit} ${name}`, Object.fromEntries(checkInfos.map((check) => [check.name, check.status]))],
    [`files of ${unit} ${name}`, files],
  ];
}

/** A line for each fact that is not the same. */
export function differencesOf(expected: Outcome, actual: Outcome): readonly string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  const differing = [...names].filter((name) => !isDeepStrictEqual(expected[name], actual[name]));
  return differing.map((name) => `${name}: expected ${text(expected[name])}, got ${text(actual[name])}`);
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

// The ids of secrets are numbered as they are made.
function withoutIds(settings: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(settings).replaceAll(/secret:[0-9a-v]{20}/g, 'secret:'));
}
