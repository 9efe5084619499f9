// The model of a harness, as hook commands see and change it: a state that goes on from one event to the next.

import type { MetaSource, StatusBase } from '@charmed/ops';
import { MaintenanceStatus } from '@charmed/ops';
import type { CloudSpec, ConfigValue, GoalState, HookContext } from '@charmed/sim/juju';
import { CharmStateDraft } from '../draft/charm-state.ts';
import { cloudSpecOf } from '../draft/cloud-spec.ts';
import { configOf } from '../draft/config.ts';
import { goalStateOf } from '../draft/goal-state.ts';
import { LeaderSettingsDraft } from '../draft/leader-settings.ts';
import { PortsDraft } from '../draft/ports.ts';
import { RelationsDraft } from '../draft/relations.ts';
import { emptyRecords, type DraftScope } from '../draft/scope.ts';
import { StatusesDraft } from '../draft/statuses.ts';
import { ContextEvent } from '../events/context-event.ts';
import { PeerRelation, remoteUnitsOf } from '../state/relation.ts';
import type { StateFields } from '../state/fields.ts';
import { State } from '../state/state.ts';
import { Networks } from './networks.ts';
import type { OwnDirectory } from './own-directory.ts';
import { Resources } from './resources.ts';
import { SecretWorld } from './secret-world.ts';
import type { Surroundings } from './surroundings.ts';
import { StorageWorld } from './storage-world.ts';

type Scope = { -readonly [K in keyof DraftScope]: DraftScope[K] };

export class World implements HookContext, Surroundings {
  readonly unitName: string;
  readonly appName: string;
  readonly relations: RelationsDraft;
  readonly statuses: StatusesDraft;
  readonly ports: PortsDraft;
  readonly state: CharmStateDraft;
  readonly leaderSettings: LeaderSettingsDraft;
  readonly network: Networks;
  readonly secrets: SecretWorld;
  readonly storage: StorageWorld;
  readonly resources: Resources;
  action: HookContext['action'];
  /** How often the charm has asked for a reboot. */
  rebootCount = 0;
  /** As the test has set it; the number of peers otherwise. */
  plannedUnits: number | undefined;
  readonly #scope: Scope;
  readonly #noEvent: ContextEvent;

  constructor(meta: MetaSource, directory: OwnDirectory) {
    this.appName = meta.name;
    this.unitName = `${meta.name}/0`;
    this.#noEvent = new ContextEvent({ what: 'update-status' }, meta.name);
    this.#scope = {
      state: new State({ unitStatus: new MaintenanceStatus('') }),
      changes: {},
      event: this.#noEvent,
      meta,
      unitName: this.unitName,
      appName: this.appName,
      isTrusted: true,
      records: emptyRecords(),
    };
    this.relations = new RelationsDraft(this.#scope);
    this.statuses = new StatusesDraft(this.#scope);
    this.ports = new PortsDraft(this.#scope);
    this.state = new CharmStateDraft(this.#scope);
    this.leaderSettings = new LeaderSettingsDraft(this.#scope);
    this.network = new Networks(this);
    this.secrets = new SecretWorld(this);
    this.storage = new StorageWorld(this, directory);
    this.resources = new Resources(this, directory);
  }

  get meta(): MetaSource {
    return this.#scope.meta;
  }

  /** All of the model, as it is by now. */
  get now(): State {
    const scope = this.#scope;
    if (Object.keys(scope.changes).length > 0) this.change({});
    return scope.state;
  }

  change(fields: StateFields): void {
    const scope = this.#scope;
    scope.state = scope.state.with({ ...scope.changes, ...fields });
    scope.changes = {};
  }

  /** Does `work` while hook commands see the model as in this event. */
  async during(event: ContextEvent, work: () => Promise<void>): Promise<void> {
    const outer = this.#scope.event;
    this.#scope.event = event;
    try {
      await work();
    } finally {
      this.#scope.event = outer;
    }
  }

  config(): Readonly<Record<string, ConfigValue | null>> {
    return configOf(this.#scope);
  }

  isLeader(): boolean {
    return this.#scope.state.leader;
  }

  goalState(): GoalState {
    const plannedUnits = this.plannedUnits ?? this.#peers().size + 1;
    return goalStateOf({ ...this.#scope, state: this.now.with({ plannedUnits }) });
  }

  #peers(): ReadonlySet<string> {
    const peers = this.now.relations.filter((relation) => relation instanceof PeerRelation);
    return new Set(peers.flatMap((relation) => Object.keys(remoteUnitsOf(relation))));
  }

  cloudSpec(): CloudSpec {
    return cloudSpecOf(this.#scope);
  }

  resourcePath(name: string): string {
    return this.resources.path(name);
  }

  setWorkloadVersion(version: string): void {
    this.change({ workloadVersion: version });
  }

  // The charm's lines reach the log of the harness without a command.
  log(): void {}

  requestReboot(): void {
    this.rebootCount += 1;
  }

  set unitStatus(unitStatus: StatusBase) {
    this.change({ unitStatus });
  }
}
