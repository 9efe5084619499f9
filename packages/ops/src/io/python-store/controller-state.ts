// What Python ops keeps in the state of the unit that Juju stores, when it is told to: snapshots under their handles, notices as a list.
// Follows https://github.com/canonical/operator/blob/main/ops/storage.py, class JujuStorage.

import { eventOf, isFrameworkState, stateHandleOf } from './handles.ts';
import type { PythonNotice, PythonStore } from './python-store.ts';
import type { PythonValue } from './python-value.ts';
import { yamlReader } from './yaml.ts';

const NOTICES = '#notices#';

/** Whether Python ops has stored anything there. A charm may keep things of its own beside it. */
export function isPythonState(values: Readonly<Record<string, string>>): boolean {
  return Object.keys(values).some((key) => key === NOTICES || isFrameworkState(key));
}

/** @throws PythonValueError `bad-yaml` when the notices cannot be read. */
export async function readControllerState(values: Readonly<Record<string, string>>): Promise<PythonStore> {
  const read = await yamlReader();
  const snapshots = Object.entries(values)
    .filter(([key]) => isFrameworkState(key) || stateHandleOf(key) !== undefined || eventOf(key) !== undefined)
    .map(([key, text]) => [key, () => read(text)] as const);
  const notices = values[NOTICES] ? read(values[NOTICES]) : [];
  return {
    place: 'the state that Juju keeps',
    notices: Array.isArray(notices) ? notices.map(noticeFrom) : [],
    snapshots: new Map(snapshots),
  };
}

function noticeFrom(tuple: PythonValue): PythonNotice {
  const [eventPath, observerPath, method] = Array.isArray(tuple) ? tuple.map(String) : [];
  return { eventPath: eventPath ?? '', observerPath: observerPath ?? '', method: method ?? '' };
}
