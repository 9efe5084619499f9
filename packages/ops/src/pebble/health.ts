// Whether a workload is well, by its checks.

import { fieldsOf, flagOf } from './fields.ts';
import { queryOf, type GetChecksOptions } from './checks.ts';
import { get } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export async function isHealthy(transport: PebbleTransport, options: GetChecksOptions = {}): Promise<boolean> {
  const { result } = await get(transport, 'get health', `/v1/health${queryOf(options)}`);
  return flagOf(fieldsOf(result).healthy);
}
