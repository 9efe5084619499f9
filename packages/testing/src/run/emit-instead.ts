// Events that a test can ask for and Juju never dispatches.

import type { Ports } from '@charmed/ops/internal';
import type { ContextEvent } from '../events/context-event.ts';

export function emitInstead({ about }: ContextEvent): Ports['emitInstead'] {
  // A dispatch ends with these anyway.
  if (about.what === 'collect-app-status' || about.what === 'collect-unit-status') return () => Promise.resolve();
  if (about.what !== 'custom') return undefined;
  const { choose, payload } = about;
  return async (_framework, charm) => {
    await choose(charm as never).emit(payload);
  };
}
