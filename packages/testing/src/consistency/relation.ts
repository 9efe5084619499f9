// Relations have to be of declared endpoints, of the class that the endpoint asks for, and who an event names has to be in them.

import type { MetaSource } from '@charmed/ops';
import { PeerRelation, remoteUnitsOf, SubordinateRelation, type AnyRelation } from '../state/relation.ts';
import { repeated, type Findings, type Rule, type Situation } from './situation.ts';

export const relationRules: Rule = (situation, findings) => {
  const { meta, state } = situation;
  for (const name of repeated(endpointsOf(meta).names)) {
    findings.wrong(`the metadata declares endpoint ${name} twice: an endpoint has one role; rename one of them`);
  }
  for (const id of repeated(state.relations.map((relation) => relation.id))) {
    findings.wrong(`the state has two relations with the id ${id}: give one of them another id`);
  }
  for (const relation of state.relations) checkRelation(relation, situation, findings);
  checkEvent(situation, findings);
};

interface Endpoints {
  readonly names: readonly string[];
  readonly facts: ReadonlyMap<string, { readonly isPeer: boolean; readonly isContainer: boolean }>;
}

const known = new WeakMap<MetaSource, Endpoints>();

function endpointsOf(meta: MetaSource): Endpoints {
  const endpoints = known.get(meta) ?? readEndpoints(meta);
  known.set(meta, endpoints);
  return endpoints;
}

function readEndpoints({ requires, provides, peers }: MetaSource): Endpoints {
  const entries = [requires, provides, peers].flatMap((section) =>
    Object.entries(section ?? {}).map(
      ([name, source]) => [name, { isPeer: section === peers, isContainer: source?.scope === 'container' }] as const,
    ),
  );
  return { names: entries.map(([name]) => name), facts: new Map(entries) };
}

function checkRelation(relation: AnyRelation, { meta, unitName }: Situation, findings: Findings): void {
  const { endpoint } = relation;
  const { names, facts: declared } = endpointsOf(meta);
  const facts = declared.get(endpoint);
  if (!facts) {
    const shown = names.join(', ') || 'none';
    return findings.wrong(
      `the state has a relation ${endpoint}, but the charm declares the endpoints ${shown}: declare it or leave it out`,
    );
  }
  if (facts.isPeer && !(relation instanceof PeerRelation)) {
    findings.wrong(`${endpoint} is an endpoint of peers: make the relation a PeerRelation`);
  } else if (!facts.isPeer && relation instanceof PeerRelation) {
    findings.doubtful(`${endpoint} is no endpoint of peers: make the relation a Relation`);
  }
  if (facts.isContainer && !(relation instanceof SubordinateRelation)) {
    findings.wrong(`${endpoint} has scope: container: make the relation a SubordinateRelation`);
  } else if (!facts.isContainer && relation instanceof SubordinateRelation) {
    findings.wrong(
      `${endpoint} has no scope: container: make the relation a Relation, or give the endpoint that scope`,
    );
  }
  const own = Number(unitName.slice(unitName.lastIndexOf('/') + 1));
  if (relation instanceof PeerRelation && own in relation.peersData) {
    findings.wrong(
      `the peersData of ${endpoint} have unit ${own}, which is the one that runs: its data are in localUnitData`,
    );
  }
}

const NEEDS_UNIT: ReadonlySet<string> = new Set(['relation-joined', 'relation-changed', 'relation-departed']);

function checkEvent({ state, event }: Situation, findings: Findings): void {
  const { about, kind } = event;
  if (!('relation' in about)) return;
  const { relation, remoteUnit, what } = about;
  const found = state.relations.find(({ id }) => id === relation.id);
  if (!found) {
    findings.wrong(`${kind} is about relation ${relation.id}, which is not in the state: add it to relations`);
  } else if (!found.equals(relation)) {
    findings.wrong(
      `${kind} is about a relation ${relation.id} that is not as in the state: take the state's, state.relation(${relation.id})`,
    );
  }
  if (!NEEDS_UNIT.has(what)) return;
  if (remoteUnit === null) {
    if (what !== 'relation-changed') findings.wrong(`${kind} is always about a unit: give remoteUnit a number`);
    return;
  }
  if (remoteUnit !== undefined) return;
  const units = Object.keys(remoteUnitsOf(relation));
  if (units.length === 0) {
    findings.wrong(
      `${kind} is about a unit, and there is none on the other side: give the relation one, or name remoteUnit; null is a change of the application's data`,
    );
  } else if (units.length > 1) {
    findings.doubtful(
      `${kind} does not say which of the units ${units.join(', ')} it is about, and takes ${units[0]}: name remoteUnit`,
    );
  }
}
