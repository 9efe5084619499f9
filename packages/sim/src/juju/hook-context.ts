// What hook commands are implemented against: the model as one hook sees it. Follows Juju's interface of the same name (juju/juju:
// internal/worker/uniter/runner/jujuc/context.go). Reads show what this hook has changed; whether the rest of the model sees a change
// at once or when the hook has succeeded is said with each method, and is the implementation's business.

import { OpsError } from '@charmed/ops/internal';
import type { ActionContext } from './context/action.ts';
import type { CloudSpec, GoalState } from './context/model.ts';
import type { NetworkContext, PortContext } from './context/network.ts';
import type { RelationContext, Settings } from './context/relation.ts';
import type { SecretContext } from './context/secret.ts';
import type { StatusContext } from './context/status.ts';
import type { StorageContext } from './context/storage.ts';

/** Refused, with the text that Juju prints behind `ERROR`. */
export class HookContextError extends OpsError {
  constructor(message: string) {
    super('hook-context', message);
  }
}

export type ConfigValue = string | number | boolean;

export interface HookContext {
  /** Such as `web/0`. */
  readonly unitName: string;
  readonly relations: RelationContext;
  readonly statuses: StatusContext;
  /** `undefined` in a hook. */
  readonly action: ActionContext | undefined;
  readonly ports: PortContext;
  readonly network: NetworkContext;
  readonly state: CharmStateContext;
  readonly leaderSettings: LeaderSettingsContext;
  readonly secrets: SecretContext;
  readonly storage: StorageContext;

  /** All options that the charm declares, with what is set or their default; `null` without either. */
  config(): Readonly<Record<string, ConfigValue | null>>;
  isLeader(): boolean;
  /** Who the model is meant to have, as far as this application is concerned. */
  goalState(): GoalState;
  /** @throws HookContextError when the application is not trusted with it. */
  cloudSpec(): CloudSpec;
  /** The path of a resource's file, which is fetched if need be. @throws HookContextError when there is none. */
  resourcePath(name: string): string;
  /** Visible at once. */
  setWorkloadVersion(version: string): void;
  /** Visible at once. @param level upper case, such as `DEBUG`. */
  log(level: string, message: string): void;
  /** Reboots the machine when the hook has succeeded; or now, and then the hook runs again. */
  requestReboot(when: 'after-hook' | 'now'): void;
}

/** What the leader tells the other units of its application. Of Juju 3 and before. */
export interface LeaderSettingsContext {
  all(): Settings;
  /** Visible at once; an empty value deletes. */
  update(changes: Settings): void;
}

/** What the charm keeps in the controller. Changes are kept when the hook succeeds. */
export interface CharmStateContext {
  all(): Settings;
  set(key: string, value: string): void;
  delete(key: string): void;
}
