// What an operator sees of a model.

import { StatusBase, type CharmClass, type Port } from '@charmed/ops';
import { applicationOf, applicationStatus, subordinatesOf, unitOf, unitsOf, unitStatus } from '@charmed/sim/model';
import type { Container } from '../state/container.ts';
import type { Databag } from '../state/relation.ts';
import type { UnitName } from './names.ts';
import type { World } from './world.ts';

/** What an operator sees of a unit. */
export interface UnitView {
  readonly status: StatusBase;
  readonly isLeader: boolean;
  readonly openedPorts: readonly Pick<Port, 'protocol' | 'port'>[];
  readonly containers: readonly Container[];
  /** Units of other applications that go with this one, by name. */
  readonly subordinates: readonly string[];
}

/** What an operator sees of an application. */
export interface ApplicationView<C extends CharmClass = CharmClass> {
  /** What the leader has set, else the most severe of its units. */
  readonly status: StatusBase;
  readonly workloadVersion: string;
  /** By name. */
  readonly units: readonly UnitName<C>[];
}

export function unitView({ state, containers }: World, name: string): UnitView {
  const unit = unitOf(state, name);
  const { status, message } = unitStatus(state, unit);
  return {
    status: StatusBase.fromName(status, message),
    isLeader: applicationOf(state, unit.application).leader === name,
    openedPorts: unit.openedPorts.map(({ protocol, from }) => ({ protocol, ...(from >= 0 && { port: from }) })),
    containers: containers[name] ?? [],
    subordinates: subordinatesOf(state, name).map((each) => each.name),
  };
}

export function applicationView<C extends CharmClass>({ state }: World, name: string): ApplicationView<C> {
  const application = applicationOf(state, name);
  const { status, message } = applicationStatus(state, application);
  return {
    status: StatusBase.fromName(status, message),
    workloadVersion: application.workloadVersion,
    units: unitsOf(state, name).map((unit) => unit.name),
  };
}

export function dataOf({ state }: World, endpoint: string, member: string): readonly Databag[] {
  const [application, name] = endpoint.split(':');
  const relations = Object.values(state.relations).filter(({ endpoints }) =>
    endpoints.some((each) => each.application === application && each.name === name),
  );
  return relations.map(({ units, applications }) => (units[member] ?? applications[member])?.settings ?? {});
}
