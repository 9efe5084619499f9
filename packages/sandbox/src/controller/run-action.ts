// Follows an action that was queued until it has ended.

import { OpsError } from '@charmed/ops/internal';
import type { TaskState } from '@charmed/sim/model';
import type { RunEvent } from './api.ts';
import type { Controller } from './controller.ts';

export async function runAction(
  controller: Controller,
  id: string,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<TaskState> {
  let reported = 0;
  for await (const _ of controller.changes(signal)) {
    const task = controller.state().tasks[id];
    if (task === undefined) break;
    for (const { at, message } of task.log.slice(reported)) emit({ kind: 'log', at, message });
    reported = task.log.length;
    if (task.status !== 'pending' && task.status !== 'running') return task;
  }
  throw new OpsError('action-lost', `cannot follow action ${id}: the client has gone`);
}
