// What a hook does at once, whether it succeeds or not: statuses, versions and the log of an action.

import type { StatusInfo } from '../juju/hook-context.ts';
import type { ModelState } from './state.ts';
import { patch, unitOf } from './update.ts';

export type HookEffect =
  | { readonly kind: 'unit-status'; readonly status: StatusInfo }
  | { readonly kind: 'application-status'; readonly status: StatusInfo }
  | { readonly kind: 'workload-version'; readonly version: string }
  | { readonly kind: 'action-log'; readonly task: string; readonly message: string };

export function applyEffect(state: ModelState, unit: string, effect: HookEffect, at: string): ModelState {
  const { application } = unitOf(state, unit);
  switch (effect.kind) {
    case 'unit-status':
      return patch(state, 'units', unit, { workloadStatus: { ...effect.status, since: at }, statusSet: true });
    case 'application-status':
      return patch(state, 'applications', application, { status: { ...effect.status, since: at } });
    case 'workload-version':
      return patch(state, 'applications', application, { workloadVersion: effect.version });
    case 'action-log': {
      const log = state.tasks[effect.task]?.log ?? [];
      return patch(state, 'tasks', effect.task, { log: [...log, { at, message: effect.message }] });
    }
  }
}
