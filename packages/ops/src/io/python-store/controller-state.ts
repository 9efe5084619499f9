// What Python ops keeps in the state of the unit that Juju stores, when it is told to: snapshots under their handles, notices as a list.
// Follows https://github.com/canonical/operator/blob/main/ops/storage.py, class JujuStorage.

import { OpsError, reasonOf } from '../../errors.ts';
import { eventOf, isFrameworkState, stateHandleOf } from './handles.ts';
import type { PythonNotice, PythonStore } from './python-store.ts';
import type { PythonValue } from './python-value.ts';
import { yamlReader } from './yaml.ts';

const NOTICES = '#notices#';

/** Whether Python ops has stored anything there. A charm may keep things of its own beside it. */
export function isPythonState(values: Readonly<Record<string, string>>): boolean {
  return Object.keys(values).some((key) => key === NOTICES || isFrameworkState(key));
}

/** @throws OpsError `python-store-failed` when the notices cannot be read. */
export async function readControllerState(values: Readonly<Record<string, string>>): Promise<PythonStore> {
  const read = await yamlReader();
  const snapshots = Object.entries(values)
    .filter(([key]) => isFrameworkState(key) || stateHandleOf(key) !== undefined || eventOf(key) !== undefined)
    .map(([key, text]) => [key, () => read(text)] as const);
  return { place: 'the state that Juju keeps', notices: noticesIn(values, read), snapshots: new Map(snapshots) };
}

function noticesIn(values: Readonly<Record<string, string>>, read: (text: string) => PythonValue): PythonNotice[] {
  try {
    const notices = read(values[NOTICES] || '[]');
    return Array.isArray(notices) ? notices.map(noticeFrom) : [];
  } catch (error) {
    const what = `the deferred events of Python ops in the state that Juju keeps, at ${NOTICES}`;
    const advice = `It was left as it is; to go on without them, delete it with 'juju exec --unit UNIT "state-delete ${NOTICES}"'.`;
    throw new OpsError('python-store-failed', `cannot take over ${what}: ${reasonOf(error)}. ${advice}`, {
      cause: error,
    });
  }
}

function noticeFrom(tuple: PythonValue): PythonNotice {
  const [eventPath, observerPath, method] = Array.isArray(tuple) ? tuple.map(String) : [];
  return { eventPath: eventPath ?? '', observerPath: observerPath ?? '', method: method ?? '' };
}
