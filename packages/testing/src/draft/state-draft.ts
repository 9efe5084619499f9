// What hook commands read and change while a charm runs: a draft of the state that comes out of the run. A run that succeeds keeps all of it.

import type { CloudSpec, ConfigValue, GoalState, HookContext } from '@charmed/sim/juju';
import { HookContextError } from '@charmed/sim/juju';
import { ActionDraft } from './action.ts';
import { CharmStateDraft } from './charm-state.ts';
import { cloudSpecOf } from './cloud-spec.ts';
import { configOf } from './config.ts';
import { goalStateOf } from './goal-state.ts';
import { LeaderSettingsDraft } from './leader-settings.ts';
import { NetworkDraft } from './network.ts';
import { PortsDraft } from './ports.ts';
import { RelationsDraft } from './relations.ts';
import { current, type DraftScope } from './scope.ts';
import { SecretsDraft } from './secrets.ts';
import { StatusesDraft } from './statuses.ts';
import { StorageDraft } from './storage.ts';

export class StateDraft implements HookContext {
  readonly unitName: string;
  readonly relations: RelationsDraft;
  readonly statuses: StatusesDraft;
  readonly action: ActionDraft | undefined;
  readonly ports: PortsDraft;
  readonly network: NetworkDraft;
  readonly state: CharmStateDraft;
  readonly leaderSettings: LeaderSettingsDraft;
  readonly secrets: SecretsDraft;
  readonly storage: StorageDraft;
  readonly #scope: DraftScope;
  /** When the charm has asked for a reboot, if it has. */
  reboot: 'after-hook' | 'now' | undefined;

  constructor(scope: DraftScope) {
    this.unitName = scope.unitName;
    this.relations = new RelationsDraft(scope);
    this.statuses = new StatusesDraft(scope);
    this.action = ActionDraft.of(scope);
    this.ports = new PortsDraft(scope);
    this.network = new NetworkDraft(scope);
    this.state = new CharmStateDraft(scope);
    this.leaderSettings = new LeaderSettingsDraft(scope);
    this.secrets = new SecretsDraft(scope);
    this.storage = new StorageDraft(scope);
    this.#scope = scope;
  }

  config(): Readonly<Record<string, ConfigValue | null>> {
    return configOf(this.#scope);
  }

  isLeader(): boolean {
    return this.#scope.state.leader;
  }

  goalState(): GoalState {
    return goalStateOf(this.#scope);
  }

  cloudSpec(): CloudSpec {
    return cloudSpecOf(this.#scope);
  }

  resourcePath(name: string): string {
    const resource = this.#scope.state.resources.find((each) => each.name === name);
    if (resource) return resource.path;
    throw new HookContextError(`resource "${name}" not found`);
  }

  setWorkloadVersion(version: string): void {
    const before = current(this.#scope, 'workloadVersion');
    if (before !== '') this.#scope.records.workloadVersionHistory.push(before);
    this.#scope.changes.workloadVersion = version;
  }

  log(level: string, message: string): void {
    this.#scope.records.jujuLog.push({ level: level as 'INFO', message });
  }

  requestReboot(when: 'after-hook' | 'now'): void {
    this.reboot = when;
  }
}
