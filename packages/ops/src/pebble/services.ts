// Services: what runs in the container.

import { completeChange, type WaitOptions } from './changes.ts';
import { entries, textOf, type Fields } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface ServiceInfo {
  readonly name: string;
  readonly startup: 'enabled' | 'disabled';
  /** `active`, `inactive`, `backoff` or `error`. */
  readonly current: string;
  /** When it last changed, as RFC 3339; empty if it never did. */
  readonly currentSince: string;
  readonly isRunning: boolean;
}

export type ServiceAction = 'autostart' | 'replan' | 'restart' | 'start' | 'stop';

/** All services, or those of these names; unknown names are ignored. */
export async function getServices(
  transport: PebbleTransport,
  names: readonly string[],
): Promise<readonly ServiceInfo[]> {
  const query = names.length > 0 ? `?names=${encodeURIComponent(names.join(','))}` : '';
  const { result } = await get(transport, `/v1/services${query}`);
  return entries(result, 'services').map(serviceFrom);
}

/** @returns id of the change, which has succeeded. @throws PebbleChangeError when a service does not start or stop. */
export async function changeServices(
  transport: PebbleTransport,
  action: ServiceAction,
  services: readonly string[],
  options?: WaitOptions,
): Promise<string> {
  const { change } = await post(transport, '/v1/services', { action, services }, { signal: options?.signal });
  if (change) await completeChange(transport, change, options);
  return change;
}

/** @param signal such as `SIGHUP`. */
export async function sendSignal(
  transport: PebbleTransport,
  signal: string,
  services: readonly string[],
): Promise<void> {
  await post(transport, '/v1/signals', { signal, services });
}

function serviceFrom(service: Fields): ServiceInfo {
  const current = textOf(service.current);
  return {
    name: textOf(service.name),
    startup: service.startup === 'enabled' ? 'enabled' : 'disabled',
    current,
    currentSince: textOf(service['current-since']),
    isRunning: current === 'active',
  };
}
