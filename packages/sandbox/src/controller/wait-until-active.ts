// Waits until applications are active and their agents idle, and says what is in the way if they do not get there.

import {
  applicationOf,
  failedEvent,
  failureMessage,
  hookName,
  isContainerScoped,
  isSubordinate,
  nextEvent,
  unitsOf,
  type ModelState,
  type RelationState,
  type UnitState,
} from '@charmed/sim/model';
import { sandboxStatus, type SandboxStatus } from '../status/full-status.ts';
import type { WaitParams, WaitResult } from './api.ts';
import type { Controller } from './controller.ts';

const LOOK_BACK = 500;
const SHOWN = 5;

/** @throws ModelCommandError `unknown-application`. */
export async function waitUntilActive(
  controller: Controller,
  { applications, timeoutMs }: WaitParams,
  emit: (event: SandboxStatus) => void,
  gone: AbortSignal,
): Promise<WaitResult> {
  for (const name of applications) applicationOf(controller.state(), name);
  const signal = AbortSignal.any([gone, AbortSignal.timeout(timeoutMs)]);
  let seen: ModelState | undefined;
  for await (const _ of controller.changes(signal)) {
    const state = controller.state();
    if (state === seen) continue;
    seen = state;
    const names = applications.length > 0 ? applications : Object.keys(state.applications);
    if (pendingUnits(state, names).length === 0 && !names.some((name) => lacksUnits(state, name))) {
      return { ready: true, reasons: [] };
    }
    emit(sandboxStatus(state, new Date()));
  }
  const state = controller.state();
  const names = applications.length > 0 ? applications : Object.keys(state.applications);
  const empty = names.filter((name) => lacksUnits(state, name)).map((name) => `${name} has no units`);
  const pending = pendingUnits(state, names).flatMap((unit) => reasonsOf(controller, state, unit));
  return { ready: false, reasons: [...empty, ...pending] };
}

// A subordinate has units where it is integrated; it need not be.
function lacksUnits(state: ModelState, name: string): boolean {
  if (unitsOf(state, name).length > 0) return false;
  const isAmong = (relation: RelationState) => relation.endpoints.some(({ application }) => application === name);
  return (
    !isSubordinate(applicationOf(state, name)) ||
    Object.values(state.relations).some((each) => isContainerScoped(each) && isAmong(each))
  );
}

function pendingUnits(state: ModelState, names: readonly string[]): readonly UnitState[] {
  return names.flatMap((name) => unitsOf(state, name)).filter((unit) => !isActive(state, unit));
}

function isActive(state: ModelState, unit: UnitState): boolean {
  const idle = unit.hook === null && nextEvent(state, unit.name) === undefined;
  return idle && unit.workloadStatus.status === 'active' && failedEvent(state, unit.name) === undefined;
}

function reasonsOf(controller: Controller, state: ModelState, unit: UnitState): string[] {
  const failure = failureMessage(state, unit);
  const { status, message } = unit.workloadStatus;
  if (failure !== undefined) return [`${unit.name} is in error: ${failure}`, ...complaints(controller, unit.name)];
  const doing = unit.hook?.step === 'running' ? ` (running ${hookName(unit.hook.event)})` : '';
  return [`${unit.name} is ${status}${doing}: ${message || 'no message'}`];
}

// What the charm said last before its hook failed.
function complaints(controller: Controller, unit: string): string[] {
  const lines = controller
    .logLines(0, LOOK_BACK)
    .filter(({ module, level }) => module.startsWith(`unit.${unit}.`) && /^(ERROR|WARNING)$/.test(level));
  return lines.slice(-SHOWN).map(({ message }) => `  ${message}`);
}
