// The last stage of a dispatch: handlers say how the charm is, and the most important status is set.

import { bound } from '../events/bound.ts';
import { collectStatusTypes } from '../events/collect-status.ts';
import { mostImportant } from '../model/status.ts';
import type { CharmFramework } from './charm-base.ts';

/** As in ops: the application's first, if this unit leads, then the unit's. A charm that observes neither is left alone. */
export async function collectStatus(framework: CharmFramework): Promise<void> {
  const { model, collected } = framework.host;
  const appEvent = bound('collect-app-status', collectStatusTypes['collect-app-status']);
  if (framework.observes(appEvent) && (await model.unit.isLeader())) {
    await framework.emit(appEvent);
    const status = mostImportant(collected.app);
    if (status) await model.app.setStatus(status);
  }
  const unitEvent = bound('collect-unit-status', collectStatusTypes['collect-unit-status']);
  await framework.emit(unitEvent);
  const status = mostImportant(collected.unit);
  if (status) await model.unit.setStatus(status);
}
