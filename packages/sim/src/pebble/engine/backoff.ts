// How long to wait before a service that has exited is started again (canonical/pebble docs/reference/service-auto-restart.md).

export const defaultBackoffLimitMs = 30_000;
const defaultDelayMs = 500;
const defaultFactor = 2;
const jitterShare = 0.1;

/** The delay after `current`, which is 0 when there has been none since the service last ran well. */
export function nextBackoff(config: ServiceConfig, current: number): number {
  const limit = config['backoff-limit'] ?? defaultBackoffLimitMs;
  if (current === 0) return config['backoff-delay'] ?? defaultDelayMs;
  return current >= limit ? limit : Math.min(current * (config['backoff-factor'] ?? defaultFactor), limit);
}

/** `delay` and up to a tenth more, so that services do not restart all at once. `random` is from 0 to 1. */
export function withJitter(delay: number, random: number): number {
  return delay * (1 + jitterShare * random);
}
import type { ServiceConfig } from '@charmed/ops/internal';
