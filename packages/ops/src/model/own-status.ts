// Reads and sets the status of our own unit or application.

import { statusGet, statusSet } from '../hookcmds/status.ts';
import type { Backend } from './backend.ts';
import { settableName, StatusBase } from './status.ts';

export async function readStatus(backend: Backend, scope: { readonly app: boolean }): Promise<StatusBase> {
  return backend.cached(cacheKey(scope), async () => {
    const answer = await (scope.app ? statusGet(backend.runner, { app: true }) : statusGet(backend.runner));
    return StatusBase.fromName(answer.status, answer.message);
  });
}

export async function writeStatus(
  backend: Backend,
  status: StatusBase,
  scope: { readonly app: boolean },
): Promise<void> {
  await statusSet(backend.runner, { status: settableName(status), message: status.message }, scope);
  backend.remember(cacheKey(scope), status);
}

function cacheKey(scope: { readonly app: boolean }): string {
  return scope.app ? 'status of the application' : 'status of the unit';
}
