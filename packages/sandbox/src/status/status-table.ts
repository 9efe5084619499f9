// The table of `juju status`. Follows juju/juju cmd/juju/status/output_tabular.go.

import type { ApplicationStatus, IntegrationStatus, MachineStatus, SandboxStatus, UnitStatus } from './full-status.ts';
import { portsText } from './ports-text.ts';
import { table } from './table.ts';

const headers = (...names: string[]) => names.map((header) => ({ header }));

/** The longest version of a workload that is shown whole, by the type of the model. */
const VERSION_LENGTH = { iaas: 15, caas: 30 };

export interface TableOptions {
  /** Whether integrations are shown. Default: false. */
  readonly relations?: boolean;
}

export function statusTable(status: SandboxStatus, { relations = false }: TableOptions = {}): string {
  const machines = Object.entries(status.machines);
  const sections = [modelSection(status)];
  if (Object.keys(status.applications).length > 0) sections.push(applicationSection(status));
  const units = Object.values(status.applications).flatMap(({ units: own }) => Object.entries(own));
  if (units.length > 0) sections.push(unitSection(units, machines.length > 0));
  if (machines.length > 0) sections.push(machineSection(machines));
  if (relations && status.integrations.length > 0) sections.push(integrationSection(status.integrations));
  return `${sections.join('\n\n')}\n`;
}

function modelSection({ model, controller }: SandboxStatus): string {
  const row = [
    model.name,
    model.controller,
    `${model.cloud}/${model.region}`,
    model.version,
    model.sla,
    controller.timestamp,
  ];
  return table(headers('Model', 'Controller', 'Cloud/Region', 'Version', 'SLA', 'Timestamp'), [row]);
}

function applicationSection({ applications, model: { type } }: SandboxStatus): string {
  const columns = [
    ...headers('App', 'Version', 'Status'),
    { header: 'Scale', align: 'right' as const },
    ...headers('Charm', 'Channel'),
    { header: 'Rev', align: 'right' as const },
    ...(type === 'caas' ? headers('Address') : []),
    ...headers('Exposed', 'Message'),
  ];
  const rows = Object.entries(applications)
    .toSorted(byName)
    .map(([name, application]) => [
      name,
      shortened(application.version?.split('\n')[0] ?? '', VERSION_LENGTH[type]),
      application['application-status'].current,
      scale(application['subordinate-to'] === undefined ? application.units : subordinatesOf(name, applications)),
      application['charm-name'],
      '',
      String(application['charm-rev']),
      ...(type === 'caas' ? [''] : []), // that of its Kubernetes service, which it has not here
      application.exposed ? 'yes' : 'no',
      application['application-status'].message ?? '',
    ]);
  return table(columns, rows);
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}

function subordinatesOf(name: string, applications: SandboxStatus['applications']): ApplicationStatus['units'] {
  const principals = Object.values(applications).flatMap(({ units }) => Object.values(units));
  const all = principals.flatMap(({ subordinates = {} }) => Object.entries(subordinates));
  return Object.fromEntries(all.filter(([unit]) => unit.startsWith(`${name}/`)));
}

function scale(units: ApplicationStatus['units']): string {
  const all = Object.values(units);
  const ready = all.filter((unit) => /^(idle|executing)$/.test(unit['juju-status'].current));
  return ready.length === all.length ? String(all.length) : `${ready.length}/${all.length}`;
}

function unitSection(units: readonly [string, UnitStatus][], onMachines: boolean): string {
  const indented = units.toSorted(byName).flatMap(([name, unit]) => [
    [name, unit] as const,
    ...Object.entries(unit.subordinates ?? {})
      .toSorted(byName)
      .map(([each, subordinate]) => [`  ${each}`, subordinate] as const),
  ]);
  const rows = indented.map(([name, unit]) => [
    unit.leader ? `${name}*` : name,
    unit['workload-status'].current,
    unit['juju-status'].current,
    ...(onMachines ? [unit.machine ?? '', unit['public-address'] ?? unit.address ?? ''] : [unit.address ?? '']),
    portsText(unit['open-ports'] ?? []),
    `${doing(unit)}${unit['workload-status'].message ?? ''}`,
  ]);
  const place = onMachines ? ['Machine', 'Public address'] : ['Address'];
  return table(headers('Unit', 'Workload', 'Agent', ...place, 'Ports', 'Message'), rows);
}

function doing(unit: UnitStatus): string {
  const { current, message = '' } = unit['juju-status'];
  const name = /^running (?:action (?<action>.*)|(?<hook>\S+) hook.*)$/.exec(message)?.groups;
  return current === 'executing' && name !== undefined ? `(${name.action ?? name.hook}) ` : '';
}

function machineSection(machines: readonly [string, MachineStatus][]): string {
  const rows = machines
    .toSorted(byName)
    .map(([id, machine]) => [
      id,
      machine['juju-status'].current,
      machine['dns-name'],
      machine['instance-id'],
      `${machine.base.name}@${machine.base.channel}`,
      '',
      machine['machine-status'].message ?? '',
    ]);
  return table(headers('Machine', 'State', 'Address', 'Inst id', 'Base', 'AZ', 'Message'), rows);
}

function integrationSection(integrations: readonly IntegrationStatus[]): string {
  const rows = integrations.map((each) => [
    each.provider,
    each.requirer,
    each.interface,
    each.type,
    each.status === 'joined' ? '' : each.status,
  ]);
  return table(headers('Integration provider', 'Requirer', 'Interface', 'Type', 'Message'), rows);
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a.localeCompare(b, 'en', { numeric: true });
