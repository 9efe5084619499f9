// When secrets are due. Follows juju/juju core/secrets/rotate.go.

import type { RotatePolicy } from '../../juju/context/secret.ts';

/** How long after an event that changed nothing it comes again. */
const RETRY_MS = 5 * 60_000;

/** @param from ISO 8601. `null` for a secret that does not rotate. */
export function nextRotation(policy: RotatePolicy | '', from: string): string | null {
  const time = new Date(from);
  switch (policy) {
    case '':
    case 'never':
      return null;
    case 'hourly':
      time.setUTCHours(time.getUTCHours() + 1);
      break;
    case 'daily':
      time.setUTCDate(time.getUTCDate() + 1);
      break;
    case 'weekly':
      time.setUTCDate(time.getUTCDate() + 7);
      break;
    case 'monthly':
      time.setUTCMonth(time.getUTCMonth() + 1);
      break;
    case 'quarterly':
      time.setUTCMonth(time.getUTCMonth() + 3);
      break;
    case 'yearly':
      time.setUTCFullYear(time.getUTCFullYear() + 1);
      break;
  }
  return time.toISOString();
}

export function retryTime(at: string): string {
  return new Date(Date.parse(at) + RETRY_MS).toISOString();
}
