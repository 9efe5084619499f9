// Services: what runs in the container.

import { completeChange, type WaitOptions } from './changes.ts';
import { PebbleProtocolError } from './errors.ts';
import { fieldsOf, listOf, optional, textOf, timeOf } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface ServiceInfo {
  readonly name: string;
  /** Whether it starts with Pebble and by `replan`. */
  readonly startup: 'enabled' | 'disabled' | (string & {});
  readonly current: 'active' | 'inactive' | 'backoff' | 'error' | (string & {});
  /** When it last changed, if it ever did. */
  readonly currentSince: Date | undefined;
  /** Whether `current` is `active`. */
  readonly isRunning: boolean;
}

export type ServiceAction = 'autostart' | 'replan' | 'restart' | 'start' | 'stop';

/** All services, or those of these names; unknown names are ignored. */
export async function getServices(
  transport: PebbleTransport,
  names: readonly string[],
): Promise<readonly ServiceInfo[]> {
  const query = names.length > 0 ? `?names=${encodeURIComponent(names.join(','))}` : '';
  const { result } = await get(transport, 'get services', `/v1/services${query}`);
  return listOf(result, serviceFrom);
}

/** Returns the id of the change, which has succeeded unless `timeoutMs` is 0. @throws PebbleChangeError. */
export async function changeServices(
  transport: PebbleTransport,
  action: ServiceAction,
  services: readonly string[],
  options: WaitOptions = {},
): Promise<string> {
  const what = [action, 'services', ...services].join(' ');
  const { signal, timeoutMs } = options;
  const { change } = await post(transport, what, '/v1/services', { action, services }, { signal });
  if (change === undefined) throw new PebbleProtocolError(`cannot ${what}: Pebble answered with no change`);
  if (timeoutMs !== 0) await completeChange(transport, change, options);
  return change;
}

function serviceFrom(value: unknown): ServiceInfo {
  const service = fieldsOf(value);
  const current = textOf(service.current);
  return {
    name: textOf(service.name),
    startup: textOf(service.startup),
    current,
    currentSince: optional(service['current-since'], timeOf),
    isRunning: current === 'active',
  };
}
