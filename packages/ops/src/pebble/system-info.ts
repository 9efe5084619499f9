// What Pebble says of itself.

import { fields, textOf } from './fields.ts';
import { get } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface SystemInfo {
  /** Such as `1.32.1`. */
  readonly version: string;
  /** Changes with each start of Pebble. */
  readonly bootId: string;
}

export async function getSystemInfo(transport: PebbleTransport): Promise<SystemInfo> {
  const info = fields((await get(transport, '/v1/system-info')).result, 'system-info');
  return { version: textOf(info.version), bootId: textOf(info['boot-id']) };
}
