// Signals to services.

import { post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

/** `signal` is a name such as `SIGHUP`. */
export async function sendSignal(
  transport: PebbleTransport,
  signal: string,
  services: readonly string[],
): Promise<void> {
  await post(transport, `send ${signal} to ${services.join(' ')}`, '/v1/signals', { signal, services });
}
