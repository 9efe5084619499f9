// All that the API can do.

import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { Files } from '../engine/files.ts';
import { changeRoutes } from './changes.ts';
import { checkRoutes } from './checks.ts';
import { execRoutes } from './exec.ts';
import { fileRoutes } from './files.ts';
import { identityRoutes } from './identities.ts';
import { logRoutes } from './logs.ts';
import { metricsRoutes } from './metrics.ts';
import { noticeRoutes } from './notices.ts';
import { planRoutes } from './plan.ts';
import type { Route } from './router.ts';
import { serviceRoutes } from './services.ts';
import { systemInfoRoutes } from './system-info.ts';

/** `waits` is the clock by which time limits of requests are kept. */
export function apiRoutes(engine: Engine, files: Files, bootId: string, waits: Clock): Route[] {
  return [
    ...systemInfoRoutes(bootId),
    ...planRoutes(engine),
    ...serviceRoutes(engine),
    ...changeRoutes(engine.changes, waits),
    ...logRoutes(engine.services),
    ...fileRoutes(files, engine.users),
    ...execRoutes(engine),
    ...checkRoutes(engine),
    ...noticeRoutes(engine.notices, waits),
    ...identityRoutes(engine.identities),
    ...metricsRoutes(engine),
  ];
}
