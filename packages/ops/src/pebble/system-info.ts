// What Pebble says of itself.

import { fieldsOf, optional, textOf } from './fields.ts';
import { get } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface SystemInfo {
  /** Such as `v1.32.1`. */
  readonly version: string;
  /** Changes with each boot of the machine. Old Pebbles do not tell. */
  readonly bootId: string | undefined;
}

export async function getSystemInfo(transport: PebbleTransport): Promise<SystemInfo> {
  const { result } = await get(transport, 'get system information', '/v1/system-info');
  const info = fieldsOf(result);
  return { version: textOf(info.version), bootId: optional(info['boot-id'], textOf) };
}
