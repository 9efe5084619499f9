// The status of a model as `juju status --format json` prints it. Follows juju/juju cmd/juju/status/formatted.go.

import { portText } from '@charmed/sim/juju';
import {
  applicationStatus,
  isContainerScoped,
  isKubernetes,
  isPeer,
  isSubordinate,
  subordinatesOf,
  unitsOf,
  unitStatus,
  type ApplicationState,
  type Endpoint,
  type ModelState,
  type RelationState,
  type StatusSince,
  type UnitState,
} from '@charmed/sim/model';

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
  /** Of a subordinate: whose units its own go with. */
  readonly 'subordinate-to'?: readonly string[];
  /** None of a subordinate: they are among the subordinates of the units that they go with. */
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
  /** Units of other applications that go with this one, by name. */
  readonly subordinates?: Readonly<Record<string, UnitStatus>>;
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
  readonly type: 'regular' | 'peer' | 'subordinate';
  readonly status: 'joined' | 'removing';
}

const BASE = { name: 'ubuntu', channel: '24.04' } as const;

export function sandboxStatus(state: ModelState, now: Date): SandboxStatus {
  const applications = Object.values(state.applications);
  const machines = Object.values(state.units).flatMap((unit) =>
    unit.machine === null || unit.principal !== null ? [] : [[unit.machine, machineOf(unit)] as const],
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
  const units = unitsOf(state, application.name).filter(({ principal }) => principal === null);
  const principals = isSubordinate(application) ? principalsOf(state, application) : [];
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
    ...(principals.length > 0 && { 'subordinate-to': principals }),
    units: Object.fromEntries(units.map((unit) => [unit.name, unitOf(state, unit)])),
    ...(application.workloadVersion !== '' && { version: application.workloadVersion }),
  };
}

function principalsOf(state: ModelState, { name }: ApplicationState): readonly string[] {
  const related = Object.values(state.relations).filter(isContainerScoped);
  const ends = related.map(({ endpoints }) => endpoints.map(({ application }) => application));
  const others = ends.filter((pair) => pair.includes(name)).flatMap((pair) => pair.filter((each) => each !== name));
  return [...new Set(others)].toSorted();
}

function unitOf(state: ModelState, unit: UnitState): UnitStatus {
  const life = unit.life === 'dying' && { life: 'dying' };
  const subordinates = subordinatesOf(state, unit.name);
  return {
    'workload-status': contents(unitStatus(state, unit)),
    'juju-status': { ...contents(unit.agentStatus), version: state.model.version, ...life },
    ...(state.applications[unit.application]?.leader === unit.name && { leader: true }),
    ...(unit.openedPorts.length > 0 && { 'open-ports': [...new Set(unit.openedPorts.map(portText))] }),
    ...(unit.machine === null ? { address: unit.address } : placeOf(unit, unit.machine)),
    ...(subordinates.length > 0 && {
      subordinates: Object.fromEntries(subordinates.map((each) => [each.name, unitOf(state, each)])),
    }),
  };
}

// The machine of a subordinate is told with its principal.
function placeOf({ principal, address }: UnitState, machine: string): Pick<UnitStatus, 'machine' | 'public-address'> {
  return { ...(principal === null && { machine }), 'public-address': address };
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
    const scope = isContainerScoped(relation) ? 'container' : 'global';
    const entry = { 'related-application': remote.application, interface: local.interface, scope };
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
    type: peer ? 'peer' : isContainerScoped(relation) ? 'subordinate' : 'regular',
    status: relation.life === 'dying' ? 'removing' : 'joined',
  };
}

function byProvider(a: IntegrationStatus, b: IntegrationStatus): number {
  return a.provider.localeCompare(b.provider) || a.requirer.localeCompare(b.requirer);
}
