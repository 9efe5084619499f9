// The status of a model as `juju status --format json` prints it. Follows juju/juju cmd/juju/status/formatted.go.

import { portText } from '@charmed/sim/juju';
import {
  failureMessage,
  isKubernetes,
  isPeer,
  unitsOf,
  type ApplicationState,
  type Endpoint,
  type ModelState,
  type RelationState,
  type StatusSince,
  type UnitState,
} from '@charmed/sim/model';
import { applicationStatus } from './application-status.ts';

export interface SandboxStatus {
  readonly model: ModelStatus;
  readonly machines: Readonly<Record<string, MachineStatus>>;
  readonly applications: Readonly<Record<string, ApplicationStatus>>;
  readonly storage: Readonly<Record<string, never>>;
  readonly controller: { readonly timestamp: string };
  /** Not in Juju's JSON: what its table shows of relations. */
  readonly integrations: readonly IntegrationStatus[];
}

export interface ModelStatus {
  readonly name: string;
  readonly type: 'caas' | 'iaas';
  readonly controller: string;
  readonly cloud: string;
  readonly region: string;
  readonly version: string;
  readonly 'model-status': StatusContents;
  readonly sla: string;
}

export interface MachineStatus {
  readonly 'juju-status': StatusContents;
  readonly hostname: string;
  readonly 'dns-name': string;
  readonly 'ip-addresses': readonly string[];
  readonly 'instance-id': string;
  readonly 'machine-status': StatusContents;
  readonly base: typeof BASE;
}

export interface ApplicationStatus {
  readonly charm: string;
  readonly base: typeof BASE;
  readonly 'charm-origin': string;
  readonly 'charm-name': string;
  readonly 'charm-rev': number;
  readonly exposed: boolean;
  readonly life?: string;
  readonly scale?: number;
  readonly 'application-status': StatusContents;
  readonly relations: Readonly<Record<string, readonly RelatedApplication[]>>;
  readonly units: Readonly<Record<string, UnitStatus>>;
  readonly version?: string;
}

export interface RelatedApplication {
  readonly 'related-application': string;
  readonly interface: string;
  readonly scope: string;
}

export interface UnitStatus {
  readonly 'workload-status': StatusContents;
  readonly 'juju-status': StatusContents;
  readonly leader?: true;
  readonly machine?: string;
  readonly 'open-ports'?: readonly string[];
  readonly 'public-address'?: string;
  readonly address?: string;
}

export interface StatusContents {
  readonly current: string;
  readonly message?: string;
  readonly since?: string;
  readonly version?: string;
  readonly life?: string;
}

export interface IntegrationStatus {
  readonly provider: string;
  readonly requirer: string;
  readonly interface: string;
  readonly type: 'regular' | 'peer';
  readonly status: 'joined' | 'removing';
}

const BASE = { name: 'ubuntu', channel: '24.04' } as const;

export function sandboxStatus(state: ModelState, now: Date): SandboxStatus {
  const applications = Object.values(state.applications);
  const machines = Object.values(state.units).flatMap((unit) =>
    unit.machine === null ? [] : [[unit.machine, machineOf(unit)] as const],
  );
  return {
    model: {
      name: state.model.name,
      type: machines.length > 0 ? 'iaas' : 'caas',
      controller: 'sandbox',
      cloud: 'sandbox',
      region: 'localhost',
      version: state.model.version,
      'model-status': { current: 'available' },
      sla: 'unsupported',
    },
    machines: Object.fromEntries(machines),
    applications: Object.fromEntries(
      applications.map((application) => [application.name, applicationOf(state, application)]),
    ),
    storage: {},
    controller: { timestamp: `${now.toISOString().slice(11, 19)}Z` },
    integrations: Object.values(state.relations).map(integrationOf).toSorted(byProvider),
  };
}

function applicationOf(state: ModelState, application: ApplicationState): ApplicationStatus {
  const units = unitsOf(state, application.name);
  return {
    charm: `local:${application.charm.name}-${application.charmRevision}`,
    base: BASE,
    'charm-origin': 'local',
    'charm-name': application.charm.name,
    'charm-rev': application.charmRevision,
    exposed: false,
    ...(application.life === 'dying' && { life: 'dying' }),
    ...(isKubernetes(application) && { scale: units.length }),
    'application-status': contents(applicationStatus(state, application)),
    relations: relatedApplications(state, application),
    units: Object.fromEntries(units.map((unit) => [unit.name, unitOf(state, application, unit)])),
    ...(application.workloadVersion !== '' && { version: application.workloadVersion }),
  };
}

function unitOf(state: ModelState, application: ApplicationState, unit: UnitState): UnitStatus {
  const failure = failureMessage(state, unit);
  const workload =
    failure === undefined ? unit.workloadStatus : { ...unit.workloadStatus, status: 'error', message: failure };
  const life = unit.life === 'dying' && { life: 'dying' };
  return {
    'workload-status': contents(workload),
    'juju-status': { ...contents(unit.agentStatus), version: state.model.version, ...life },
    ...(application.leader === unit.name && { leader: true }),
    ...(unit.openedPorts.length > 0 && { 'open-ports': [...new Set(unit.openedPorts.map(portText))] }),
    ...(unit.machine === null ? { address: unit.address } : { machine: unit.machine, 'public-address': unit.address }),
  };
}

function contents({ status, message, since }: StatusSince): StatusContents {
  return { current: status, ...(message !== '' && { message }), since };
}

function machineOf(unit: UnitState): MachineStatus {
  const started = { current: 'started' };
  return {
    'juju-status': started,
    hostname: unit.name.replace('/', '-'),
    'dns-name': unit.address,
    'ip-addresses': [unit.address],
    'instance-id': `sandbox-${unit.machine}`,
    'machine-status': { current: 'running' },
    base: BASE,
  };
}

function relatedApplications(state: ModelState, { name }: ApplicationState): Record<string, RelatedApplication[]> {
  const related: Record<string, RelatedApplication[]> = {};
  for (const relation of Object.values(state.relations)) {
    const local = relation.endpoints.find(({ application }) => application === name);
    if (local === undefined) continue;
    const remote = relation.endpoints.find((endpoint) => endpoint !== local) ?? local;
    const entry = { 'related-application': remote.application, interface: local.interface, scope: 'global' };
    (related[local.name] ??= []).push(entry);
  }
  return related;
}

function integrationOf(relation: RelationState): IntegrationStatus {
  const spell = (role: Endpoint['role']) => {
    const endpoint = relation.endpoints.find((each) => each.role === role);
    return endpoint === undefined ? '' : `${endpoint.application}:${endpoint.name}`;
  };
  const peer = isPeer(relation);
  return {
    provider: spell(peer ? 'peers' : 'provides'),
    requirer: spell(peer ? 'peers' : 'requires'),
    interface: relation.endpoints[0]?.interface ?? '',
    type: peer ? 'peer' : 'regular',
    status: relation.life === 'dying' ? 'removing' : 'joined',
  };
}

function byProvider(a: IntegrationStatus, b: IntegrationStatus): number {
  return a.provider.localeCompare(b.provider) || a.requirer.localeCompare(b.requirer);
}
