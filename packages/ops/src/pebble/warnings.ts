// Warnings, which Pebbles of before 2024 have; later ones have notices of type `warning` in their place and answer with 404.

import { fieldsOf, listOf, numberOf, optional, textOf, timeOf } from './fields.ts';
import { get, post } from './request.ts';
import type { PebbleTransport } from './transport.ts';

export interface Warning {
  readonly message: string;
  readonly firstAdded: Date;
  readonly lastAdded: Date;
  readonly lastShown: Date | undefined;
  /** Such as `168h0m0s`. */
  readonly expireAfter: string;
  readonly repeatAfter: string;
}

export interface GetWarningsOptions {
  /** Default: `pending`, those that nobody has acknowledged. */
  readonly select?: 'all' | 'pending' | undefined;
}

export async function getWarnings(
  transport: PebbleTransport,
  { select = 'pending' }: GetWarningsOptions = {},
): Promise<readonly Warning[]> {
  const { result } = await get(transport, 'get warnings', `/v1/warnings?select=${select}`);
  return listOf(result, warningFrom);
}

/** Returns how many there were. */
export async function ackWarnings(transport: PebbleTransport, until: Date): Promise<number> {
  const payload = { action: 'okay', timestamp: until.toISOString() };
  return numberOf((await post(transport, 'acknowledge warnings', '/v1/warnings', payload)).result);
}

function warningFrom(value: unknown): Warning {
  const warning = fieldsOf(value);
  return {
    message: textOf(warning.message),
    firstAdded: timeOf(warning['first-added']),
    lastAdded: timeOf(warning['last-added']),
    lastShown: optional(warning['last-shown'], timeOf),
    expireAfter: textOf(warning['expire-after']),
    repeatAfter: textOf(warning['repeat-after']),
  };
}
