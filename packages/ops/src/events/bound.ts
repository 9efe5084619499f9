// The events that come from outside the charm all have one emitter.

import type { EventBase } from '../framework/event.ts';
import type { CharmEvent, CharmEventType } from './type.ts';

export function bound<E extends EventBase>(kind: string, type: CharmEventType<E>): CharmEvent<E> {
  return { emitter: 'charm/on', kind, type };
}
