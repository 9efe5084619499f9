// The hook commands of the noun "payload": arguments to argv. Up to Juju 3.6, for what a charm has started and declares in `payloads` of
// its metadata.

import type { Operation } from '../operations/operation.ts';
import { tell } from './command.ts';
import type { HookRunner } from './runner.ts';

/** One payload of a unit. */
export interface PayloadName {
  /** Its key in the charm's metadata. */
  readonly class: string;
  /** What tells it from others of its class, such as the id of a container. */
  readonly id: string;
}

export interface Payload extends PayloadName {
  /** As the metadata says it, such as `docker`. */
  readonly type: string;
  readonly tags?: readonly string[];
}

export type PayloadStatus = 'starting' | 'running' | 'stopping' | 'stopped';

/** Tells Juju, at once, of a payload that runs. Up to Juju 3.6. */
export function payloadRegister(runner: HookRunner, payload: Payload): Operation<void> {
  const { type, class: name, id, tags = [] } = payload;
  return tell(runner, 'payload-register', ['--', type, name, id, ...tags]);
}

/** Tells Juju, at once, how a payload that was registered is. Up to Juju 3.6. */
export function payloadStatusSet(runner: HookRunner, payload: PayloadName, status: PayloadStatus): Operation<void> {
  return tell(runner, 'payload-status-set', ['--', payload.class, payload.id, status]);
}

/** Tells Juju, at once, that a payload is gone. Up to Juju 3.6. */
export function payloadUnregister(runner: HookRunner, payload: PayloadName): Operation<void> {
  return tell(runner, 'payload-unregister', ['--', payload.class, payload.id]);
}
