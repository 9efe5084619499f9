// The deferred events of Python ops, for those handlers here that have their names.

import type { JsonObject } from '../../framework/json.ts';
import type { Notice } from '../../framework/store.ts';
import type { CharmObserver } from '../../framework/store.ts';
import { eventOf, handleOf, isSameHandler, isSameKind } from './handles.ts';
import type { PythonNotice } from './python-store.ts';

export function matchNotice(
  { eventPath, observerPath, method }: PythonNotice,
  observers: readonly CharmObserver[],
  readSnapshot: () => JsonObject,
): Notice | undefined {
  const event = eventOf(eventPath);
  const handle = handleOf(observerPath);
  const observer = observers.find(
    (known) =>
      known.handle === handle &&
      known.event.emitter === event?.emitter &&
      isSameKind(known.event.kind, event.kind) &&
      isSameHandler(known.name, method),
  );
  if (!event || !observer) return undefined;
  return {
    sequence: event.sequence,
    emitter: observer.event.emitter,
    kind: observer.event.kind,
    observer: observer.handle,
    handler: observer.name,
    snapshot: readSnapshot(),
    missed: 0,
  };
}
