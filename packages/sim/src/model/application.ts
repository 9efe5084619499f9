// Applications come, scale and go. Follows juju/juju state/application.go and state/unit.go.

import type { MetaSource } from '@charmed/ops/internal';
import { unitAddress } from './address.ts';
import { changedConfig, type ConfigChange } from './config.ts';
import { endpointsOf } from './endpoint.ts';
import { addRelation, isPeer, leaveScope, relationsOf } from './relation.ts';
import { statusInfo } from './status-info.ts';
import type { ApplicationState, ModelState, UnitState } from './state.ts';
import { addInitialStorage, dropStorageOf } from './storage.ts';
import { ModelCommandError, applicationOf, drop, patch, patchInfo, put, unitOf, unitsOf } from './update.ts';

export interface Deployment {
  readonly name: string;
  readonly charm: MetaSource;
  readonly config?: ConfigChange;
  /** Default: 1. A subordinate has none until it is integrated; 1 is taken for that. */
  readonly units?: number;
  /** Whether it may know the cloud and its credential. Default: false. */
  readonly trusted?: boolean;
  /** The files of its resources, by name, as absolute paths. */
  readonly resources?: Readonly<Record<string, string>>;
}

const APPLICATION_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]*[a-z][a-z0-9]*)*$/;

/** @throws ModelCommandError `bad-name`, `application-exists`, `subordinate`, or as config does. */
export function addApplication(
  state: ModelState,
  { name, charm, config, units = 1, trusted = false, resources = {} }: Deployment,
  at: string,
): ModelState {
  if (!APPLICATION_NAME.test(name)) {
    throw new ModelCommandError(
      'bad-name',
      `cannot deploy "${name}": use lower-case letters, digits and single hyphens, with a letter first`,
    );
  }
  if (state.applications[name] !== undefined) {
    throw new ModelCommandError(
      'application-exists',
      `cannot deploy "${name}": the model has an application of that name; choose another`,
    );
  }
  refuseMisfitSubordinate({ name, charm }, units);
  const index = state.model.nextApplication;
  const application: ApplicationState = {
    name,
    index,
    charm,
    charmRevision: 0,
    config: changedConfig({ name, charm, config: {} }, config ?? {}),
    configVersion: 0,
    life: 'alive',
    leader: null,
    nextUnit: 0,
    status: null,
    workloadVersion: '',
    trusted,
    resources,
  };
  let next = put(patchInfo(state, { nextApplication: index + 1 }), 'applications', name, application);
  for (const endpoint of endpointsOf(next, name)) if (endpoint.role === 'peers') next = addRelation(next, [endpoint]);
  return addUnits(next, name, isSubordinate({ charm }) ? 0 : units, at);
}

function refuseMisfitSubordinate(application: Pick<ApplicationState, 'name' | 'charm'>, units: number): void {
  if (!isSubordinate(application)) return;
  const refuse = (reason: string) => {
    throw new ModelCommandError('subordinate', `cannot deploy "${application.name}": ${reason}`);
  };
  if (units > 1)
    refuse('it is a subordinate, which has a unit beside each unit that it is integrated with; leave out their number');
  if (isKubernetes(application)) refuse('its charm is a subordinate and has containers; subordinates are for machines');
}

/** @throws ModelCommandError `unknown-application`, `application-dying`, `subordinate`. */
export function addUnits(state: ModelState, name: string, count: number, at: string): ModelState {
  let next = state;
  for (let added = 0; added < count; added += 1) {
    const application = applicationOf(next, name);
    if (application.life === 'dying') {
      throw new ModelCommandError('application-dying', `cannot add a unit to "${name}": it is being removed`);
    }
    if (isSubordinate(application)) {
      const how = 'integrate it with another application, each unit of which then has one beside it';
      throw new ModelCommandError('subordinate', `cannot add a unit to "${name}": it is a subordinate; ${how}`);
    }
    next = addUnit(next, application, at);
  }
  return next;
}

/** Whether the charm's workload lives in containers, as on Kubernetes; else it has a machine. */
export function isKubernetes(application: Pick<ApplicationState, 'charm'>): boolean {
  return Object.keys(application.charm.containers ?? {}).length > 0;
}

/** Whether its units go with units of other applications. */
export function isSubordinate({ charm }: Pick<ApplicationState, 'charm'>): boolean {
  return charm.subordinate === true;
}

/** @param principal the unit that it goes with, on whose machine it then is. */
export function addUnit(
  state: ModelState,
  application: ApplicationState,
  at: string,
  principal?: UnitState,
): ModelState {
  const number = application.nextUnit;
  const name = `${application.name}/${number}`;
  const isOnNewMachine = principal === undefined && !isKubernetes(application);
  const machine = isOnNewMachine ? String(state.model.nextMachine) : (principal?.machine ?? null);
  const unit: UnitState = {
    name,
    application: application.name,
    number,
    address: principal?.address ?? unitAddress(state.model.uuid, application.index, number),
    machine,
    principal: principal?.name ?? null,
    life: 'alive',
    installed: false,
    started: false,
    stopped: false,
    removed: false,
    acceptedLeadership: false,
    seenConfig: null,
    seenCharm: application.charmRevision,
    hook: { event: { kind: 'install' }, step: 'queued', failures: 0 },
    readyContainers: [],
    updateStatusDue: false,
    rebooted: false,
    relations: {},
    workloadStatus: statusInfo('waiting', 'installing agent', at),
    agentStatus: statusInfo('allocating', '', at),
    statusSet: false,
    openedPorts: [],
    charmState: {},
  };
  const counted = isOnNewMachine ? patchInfo(state, { nextMachine: state.model.nextMachine + 1 }) : state;
  const added = put(patch(counted, 'applications', application.name, { nextUnit: number + 1 }), 'units', name, unit);
  return addInitialStorage(added, name);
}

/** A user removes a unit. @throws ModelCommandError `unknown-unit`, `subordinate`. */
export function removeUnit(state: ModelState, name: string): ModelState {
  const { principal, application } = unitOf(state, name);
  if (principal === null) return endUnit(state, name);
  const how = `remove the relation, which removes all units of "${application}", or ${principal}`;
  throw new ModelCommandError('subordinate', `cannot remove ${name}: it is a subordinate of ${principal}; ${how}`);
}

/** The unit's remaining hooks are those of its teardown; the others see it leave at once. */
export function endUnit(state: ModelState, name: string): ModelState {
  const unit = unitOf(state, name);
  if (unit.life === 'dying') return state;
  let next = patch(state, 'units', name, { life: 'dying' });
  for (const id of Object.keys(unit.relations)) next = leaveScope(next, Number(id), name, 'leaving');
  return next;
}

/** Removes its relations and units too, each after its hooks. @throws ModelCommandError `unknown-application`. */
export function removeApplication(state: ModelState, name: string): ModelState {
  applicationOf(state, name);
  let next = patch(state, 'applications', name, { life: 'dying' });
  for (const relation of relationsOf(state, name)) {
    if (!isPeer(relation)) next = patch(next, 'relations', String(relation.id), { life: 'dying' });
  }
  for (const unit of unitsOf(state, name)) next = endUnit(next, unit.name);
  return next;
}

/** Replaces the charm; each unit gets upgrade-charm. @throws ModelCommandError `unknown-application`. */
export function refreshCharm(state: ModelState, name: string, charm: MetaSource): ModelState {
  const { charmRevision } = applicationOf(state, name);
  return patch(state, 'applications', name, { charm, charmRevision: charmRevision + 1 });
}

/** The unit is gone, and with it what only it had. */
export function dropUnit(state: ModelState, name: string): ModelState {
  let next = abortTasks(state, name);
  for (const id of Object.keys(unitOf(state, name).relations)) next = leaveScope(next, Number(id), name, 'left');
  return drop(dropStorageOf(next, name), 'units', name);
}

function abortTasks(state: ModelState, unit: string): ModelState {
  const open = Object.values(state.tasks).filter((task) => task.unit === unit && task.completed === null);
  return open.reduce((next, { id }) => patch(next, 'tasks', id, { status: 'aborted', message: 'unit removed' }), state);
}
