// What a hook does at once, whether it succeeds or not: statuses, versions, leader settings, the log of an action, and what it reads of
// secrets.

import type { Settings } from '../juju/context/relation.ts';
import type { StatusInfo } from '../juju/context/status.ts';
import { tracking } from './secret/changes.ts';
import type { ModelState } from './state.ts';
import { patch, put, unitOf } from './update.ts';

export type HookEffect =
  | { readonly kind: 'unit-status'; readonly status: StatusInfo }
  | { readonly kind: 'application-status'; readonly status: StatusInfo }
  | { readonly kind: 'workload-version'; readonly version: string }
  /** All of them. */
  | { readonly kind: 'leader-settings'; readonly settings: Settings }
  | { readonly kind: 'action-log'; readonly task: string; readonly message: string }
  /** The unit reads this revision from now on, and may call the secret by this label. */
  | {
      readonly kind: 'secret-read';
      readonly secret: string;
      readonly revision: number;
      readonly label: string | undefined;
    }
  /** Its owner calls it so from now on. */
  | { readonly kind: 'secret-label'; readonly secret: string; readonly label: string };

export function applyEffect(state: ModelState, unit: string, effect: HookEffect, at: string): ModelState {
  const { application } = unitOf(state, unit);
  const leaderSettings = state.applications[application]?.leaderSettings;
  switch (effect.kind) {
    case 'unit-status':
      return patch(state, 'units', unit, { workloadStatus: { ...effect.status, since: at }, statusSet: true });
    case 'application-status':
      return patch(state, 'applications', application, { status: { ...effect.status, since: at } });
    case 'workload-version':
      return patch(state, 'applications', application, { workloadVersion: effect.version });
    case 'leader-settings':
      return patch(state, 'applications', application, {
        leaderSettings: { settings: effect.settings, version: (leaderSettings?.version ?? 0) + 1 },
      });
    case 'secret-read': {
      const secret = state.secrets[effect.secret];
      if (secret === undefined) return state;
      return put(state, 'secrets', effect.secret, tracking(secret, unit, effect.revision, effect.label));
    }
    case 'secret-label':
      return effect.secret in state.secrets ? patch(state, 'secrets', effect.secret, { label: effect.label }) : state;
    case 'action-log': {
      const log = state.tasks[effect.task]?.log ?? [];
      return patch(state, 'tasks', effect.task, { log: [...log, { at, message: effect.message }] });
    }
  }
}
