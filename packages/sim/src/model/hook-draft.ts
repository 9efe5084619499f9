// A hook's view of the model while it runs. It sees the model as it was when the hook began, with its own changes on top; what Juju holds
// back until the hook succeeds is gathered here, what takes effect at once goes to the sink.

import { randomBytes } from 'node:crypto';
import type { CloudSpec, GoalState } from '../juju/context/model.ts';
import type { NetworkContext } from '../juju/context/network.ts';
import { HookContextError, type ConfigValue, type HookContext } from '../juju/hook-context.ts';
import type { HookChanges } from './changes.ts';
import type { BegunHook } from './commit.ts';
import { effectiveConfig } from './config.ts';
import { ActionDraft } from './draft/action.ts';
import { CharmStateDraft } from './draft/charm-state.ts';
import { LeaderSettingsDraft } from './draft/leader-settings.ts';
import { NetworkDraft } from './draft/network.ts';
import { PortsDraft } from './draft/ports.ts';
import { RelationsDraft } from './draft/relations.ts';
import type { DraftScope, HookSink, HookWorld } from './draft/scope.ts';
import { SecretsDraft } from './draft/secrets.ts';
import { StatusesDraft } from './draft/statuses.ts';
import { StorageDraft } from './draft/storage.ts';
import { goalStateOf } from './goal-state.ts';
import type { TaskState } from './state.ts';
import { applicationOf, unitOf } from './update.ts';

const REAL_WORLD: HookWorld = { now: () => new Date().toISOString(), secretId };

export class HookDraft implements HookContext {
  readonly hook: BegunHook;
  readonly unitName: string;
  readonly relations: RelationsDraft;
  readonly statuses: StatusesDraft;
  readonly action: ActionDraft | undefined;
  readonly ports: PortsDraft;
  readonly network: NetworkContext;
  readonly state: CharmStateDraft;
  readonly leaderSettings: LeaderSettingsDraft;
  readonly secrets: SecretsDraft;
  readonly storage: StorageDraft;
  readonly #scope: DraftScope;
  #reboot: 'after-hook' | 'now' | undefined;

  /** @param world for what is not in the model. Default: the real one. */
  constructor(hook: BegunHook, sink: HookSink, world: HookWorld = REAL_WORLD) {
    const unit = unitOf(hook.base, hook.unit);
    const scope = { hook, unit, application: applicationOf(hook.base, unit.application), sink, world };
    this.hook = hook;
    this.unitName = hook.unit;
    this.relations = new RelationsDraft(scope);
    this.statuses = new StatusesDraft(scope);
    this.action = hook.event.kind === 'action' ? new ActionDraft(scope, hook.event.task) : undefined;
    this.ports = new PortsDraft(scope);
    this.network = new NetworkDraft(scope);
    this.state = new CharmStateDraft(scope);
    this.leaderSettings = new LeaderSettingsDraft(scope);
    this.secrets = new SecretsDraft(scope);
    this.storage = new StorageDraft(scope);
    this.#scope = scope;
  }

  /** What is to happen when the hook succeeds. */
  changes(): HookChanges {
    const { unit, application } = this.relations.changes;
    return {
      unitSettings: unit,
      applicationSettings: application,
      openedPorts: this.ports.changes,
      charmState: this.state.changes,
      secrets: this.secrets.changes,
      storage: this.storage.changes,
      reboot: this.#reboot === 'after-hook',
    };
  }

  get actionResults(): TaskState['results'] {
    return this.action?.results ?? {};
  }

  /** The message of action-fail, if that was called. */
  get actionFailure(): string | undefined {
    return this.action?.failure;
  }

  config(): Readonly<Record<string, ConfigValue | null>> {
    const { application } = this.#scope;
    const declared = Object.keys(application.charm.config?.options ?? {});
    return { ...Object.fromEntries(declared.map((name) => [name, null])), ...effectiveConfig(application) };
  }

  isLeader(): boolean {
    return this.#scope.application.leader === this.unitName;
  }

  goalState(): GoalState {
    return goalStateOf(this.hook.base, this.#scope.application.name);
  }

  cloudSpec(): CloudSpec {
    const { cloud } = this.hook.base.model;
    if (!this.#scope.application.trusted) throw new HookContextError('permission denied');
    if (cloud === null) throw new HookContextError('cloud spec not found');
    return cloud;
  }

  resourcePath(name: string): string {
    const { resources } = this.#scope.application;
    const path = Object.hasOwn(resources, name) ? resources[name] : undefined;
    if (path === undefined) throw new HookContextError(`resource "${name}" not found`);
    return path;
  }

  setWorkloadVersion(version: string): void {
    this.#scope.sink.effect({ kind: 'workload-version', version });
  }

  log(level: string, message: string): void {
    this.#scope.sink.log(level, message);
  }

  requestReboot(when: 'after-hook' | 'now'): void {
    this.#reboot = when;
    if (when === 'now') this.#scope.sink.rebootNow?.();
  }
}

// As github.com/rs/xid spells 96 bits: five to a character, the last one of which has four left over.
function secretId(): string {
  const bits = BigInt(`0x${randomBytes(12).toString('hex')}`) << 4n;
  return bits.toString(32).padStart(20, '0');
}
