// A status as the model keeps it.

import type { StatusSince } from './state.ts';

export function statusInfo(status: string, message: string, since: string): StatusSince {
  return { status, message, data: {}, since };
}
