// The scenarios of the cases, each as a model whose unit app/0 runs a hook. Networks and goal states are the scenario's own:
// the model makes its own of them.

import { readFileSync } from 'node:fs';
import type { MetaSource } from '@charmed/ops/internal';
import type {
  CloudSpec,
  ConfigValue,
  GoalState,
  NetworkContext,
  NetworkInfo,
  Settings,
  StatusInfo,
} from '@charmed/sim/juju';
import {
  addApplication,
  beginAction,
  beginHook,
  emptyModel,
  enqueueAction,
  HookDraft,
  type ModelState,
  type RelationState,
  type UnitEvent,
  type UnitState,
} from '@charmed/sim/model';
import { secretsOf, storageOf, type ScenarioSecret, type ScenarioStorage } from './scenario-parts.ts';

export interface Scenario {
  readonly leader: boolean;
  readonly config: Readonly<Record<string, ConfigValue | null>>;
  readonly relations: Readonly<Record<string, ScenarioRelation>>;
  readonly unitStatus: StatusInfo;
  readonly appStatus: StatusInfo;
  readonly state: Settings;
  readonly network: Readonly<Record<string, NetworkInfo>>;
  readonly privateAddress?: string;
  readonly publicAddress?: string;
  readonly about?:
    | { readonly relation: number; readonly remoteApp: string; readonly remoteUnit: string }
    | { readonly storage: string };
  readonly goalState?: GoalState;
  readonly action?: Readonly<Record<string, unknown>>;
  readonly kubernetes?: boolean;
  readonly secrets?: Readonly<Record<string, ScenarioSecret>>;
  readonly storage?: Readonly<Record<string, ScenarioStorage>>;
  readonly resources?: Readonly<Record<string, string>>;
  readonly cloud?: CloudSpec;
}

interface ScenarioRelation {
  readonly endpoint: string;
  readonly remoteApp: string;
  readonly units: readonly string[];
  /** Whether the other side requires what ours provides. */
  readonly isProvider?: boolean;
  /** By unit and application. */
  readonly settings: Readonly<Record<string, Settings>>;
}

type Scenarios = Readonly<Record<string, Partial<Scenario> & { readonly basedOn?: string }>>;

const AT = '2026-11-24T02:00:00.000Z';

export function scenarioOf(name: string): Scenario {
  const scenarios = JSON.parse(readFileSync(new URL('scenarios.json', import.meta.url), 'utf8')) as Scenarios;
  const { basedOn, ...own } = scenarios[name] ?? {};
  return { ...(basedOn === undefined ? {} : scenarioOf(basedOn)), ...own } as Scenario;
}

/** What the hook commands of the scenario's hook run against. */
export function scenarioDraft(scenario: Scenario): HookDraft {
  const { state, event } = begun(scenario, modelOf(scenario));
  return new ScenarioDraft({ unit: 'app/0', event, base: state }, scenario);
}

class ScenarioDraft extends HookDraft {
  override readonly network: NetworkContext;
  readonly #scenario: Scenario;

  constructor(hook: HookDraft['hook'], scenario: Scenario) {
    super(hook, { effect: () => {}, log: () => {} });
    this.#scenario = scenario;
    this.network = {
      of: (binding) => scenario.network[binding],
      privateAddress: () => scenario.privateAddress,
      publicAddress: () => scenario.publicAddress,
    };
  }

  override goalState(): GoalState {
    return this.#scenario.goalState ?? { units: {}, relations: {} };
  }
}

function begun(scenario: Scenario, state: ModelState): { state: ModelState; event: UnitEvent } {
  if (scenario.action) {
    const { state: asked, task } = enqueueAction(state, 'app/0', 'act', scenario.action, AT);
    return { state: beginAction(asked, task.id, AT), event: { kind: 'action', task: task.id, action: 'act' } };
  }
  const event = eventOf(scenario);
  return { state: beginHook(state, 'app/0', event, AT), event };
}

function eventOf({ about, relations }: Scenario): UnitEvent {
  if (about === undefined) return { kind: 'update-status' };
  if ('storage' in about) return { kind: 'storage-attached', storage: about.storage };
  const { relation: relationId, remoteApp, remoteUnit } = about;
  const endpoint = relations[relationId]?.endpoint ?? '';
  return { kind: 'relation-changed', relationId, endpoint, remoteApp, remoteUnit };
}

function modelOf(scenario: Scenario): ModelState {
  const { cloud = null, resources = {} } = scenario;
  const model = { name: 'test', uuid: '8e7a1c1e-0000-4000-8000-000000000001', version: '3.6.11', cloud };
  const remotes = new Map(Object.values(scenario.relations).map(({ remoteApp, units }) => [remoteApp, units.length]));
  remotes.delete('app');
  const deployment = { name: 'app', charm: charmOf(scenario), trusted: cloud !== null, resources };
  const withApp = addApplication(emptyModel(model), deployment, AT);
  const deployed = [...remotes].reduce(
    (state, [name, units]) => addApplication(state, { name, charm: { name }, units }, AT),
    withApp,
  );
  const { app } = deployed.applications;
  const unit = deployed.units['app/0'];
  if (!app || !unit) throw new Error('expected app/0');
  return {
    ...deployed,
    applications: {
      ...deployed.applications,
      app: { ...app, leader: scenario.leader ? 'app/0' : null, status: { ...scenario.appStatus, since: AT } },
    },
    units: { ...deployed.units, 'app/0': unitOf(scenario, unit) },
    relations: Object.fromEntries(
      Object.entries(scenario.relations).map(([id, each]) => [id, relationOf(Number(id), each)]),
    ),
    secrets: secretsOf(scenario.secrets ?? {}),
    storage: storageOf(scenario.storage ?? {}),
  };
}

function charmOf({ config, kubernetes }: Scenario): MetaSource {
  const options = Object.entries(config).map(
    ([name, value]) => [name, { type: optionType(value), default: value }] as const,
  );
  return {
    name: 'app',
    requires: { db: { interface: 'sql' } },
    actions: { act: {} },
    config: { options: Object.fromEntries(options) },
    ...(kubernetes && { containers: { workload: {} } }),
  };
}

function optionType(value: ConfigValue | null): 'string' | 'int' | 'float' | 'boolean' {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'number') return 'string';
  return Number.isInteger(value) ? 'int' : 'float';
}

function unitOf(scenario: Scenario, unit: UnitState): UnitState {
  const relations = Object.entries(scenario.relations).map(([id, { units }]) => {
    const members = Object.fromEntries(units.map((member) => [member, 0]));
    return [id, { created: true, members, applications: {}, changedPending: null }] as const;
  });
  return {
    ...unit,
    installed: true,
    started: true,
    relations: Object.fromEntries(relations),
    workloadStatus: { ...scenario.unitStatus, since: AT },
    charmState: scenario.state,
  };
}

function relationOf(id: number, { endpoint, remoteApp, isProvider, settings }: ScenarioRelation): RelationState {
  const local = { application: 'app', name: endpoint, interface: 'sql', scope: 'global' } as const;
  const [role, remoteRole] = isProvider ? (['provides', 'requires'] as const) : (['requires', 'provides'] as const);
  const remote = { application: remoteApp, name: 'db', role: remoteRole, interface: 'sql', scope: 'global' } as const;
  const bags = Object.entries(settings).map(([member, bag]) => [member, { settings: bag, version: 0 }] as const);
  const units = bags.filter(([member]) => member.includes('/'));
  return {
    id,
    life: 'alive',
    endpoints: remoteApp === 'app' ? [{ ...local, role: 'peers' }] : [{ ...local, role }, remote],
    units: Object.fromEntries(units.map(([member, bag]) => [member, { ...bag, scope: 'joined' }])),
    applications: Object.fromEntries(bags.filter(([member]) => !member.includes('/'))),
  };
}
