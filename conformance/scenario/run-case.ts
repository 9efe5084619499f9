// Runs a transition on this library, and tells of it what transitions.py tells.

import type { StatusBase } from '@charmed/ops';
import { Context, InconsistentStateError, type State } from '@charmed/testing';
import { META, type Case, type EventData, type Result } from './case.ts';
import { errorName } from './error-name.ts';
import { charmOf, eventFrom, kindOf, stateFrom } from './from-data.ts';

export async function runCase(given: Case): Promise<Result> {
  const seen: unknown[] = [];
  const result: Record<string, unknown> & { seen: unknown[] } = { seen };
  const { context = {}, steps = [] } = given;
  let ctx: Context | undefined;
  try {
    ctx = new Context(charmOf({ [kindOf(given.event, given.state)]: steps, ...given.handlers }, seen), {
      meta: given.meta ?? META,
      appName: 'app',
      ...(context.juju_version !== undefined && { jujuVersion: context.juju_version }),
      ...(context.app_trusted !== undefined && { appTrusted: context.app_trusted }),
      ...(context.unit_id !== undefined && { unitId: context.unit_id }),
    });
    const before = stateFrom(given.state ?? {});
    const { on, appName } = ctx;
    const eventOf = (data: EventData) => eventFrom({ on, appName }, data, before);
    const state = before.with({ deferred: (given.deferred ?? []).map((data) => eventOf(data).deferred('onEvent')) });
    if (given.earlier) await ctx.run(eventOf(given.earlier), state);
    result['state'] = shown(await ctx.run(eventOf(given.event), state));
  } catch (error) {
    result['error'] = errorName(error);
    if (error instanceof Error) result['detail'] = error.stack;
    if (error instanceof InconsistentStateError) result['findings'] = error.findings;
    if (error instanceof Error && 'reason' in error) result['reason'] = error.reason;
  }
  if (ctx) Object.assign(result, recordedBy(ctx));
  return result;
}

function recordedBy(ctx: Context): Readonly<Record<string, unknown>> {
  const lines = ctx.jujuLog.filter(({ message }) => message.startsWith('say '));
  return {
    unitStatusHistory: ctx.unitStatusHistory.map(shownStatus),
    appStatusHistory: ctx.appStatusHistory.map(shownStatus),
    workloadVersionHistory: ctx.workloadVersionHistory,
    emitted: ctx.emittedEvents.map(({ kind }) => kind),
    log: lines.map(({ level, message }) => [level, message]),
    actionLogs: ctx.actionLogs,
    actionResults: ctx.actionResults ?? null,
    requestedStorages: ctx.requestedStorages,
    removedRevisions: ctx.removedSecretRevisions,
    exec: Object.fromEntries(
      Object.entries(ctx.execHistory)
        .filter(([, history]) => history.length > 0)
        .map(([name, history]) => [name, history.map(({ command, stdin }) => [command, stdin])]),
    ),
  };
}

function shownStatus({ name, message }: StatusBase): readonly [string, string] {
  return [name, message];
}

function shown(state: State): Readonly<Record<string, unknown>> {
  return {
    unitStatus: shownStatus(state.unitStatus),
    appStatus: shownStatus(state.appStatus),
    workloadVersion: state.workloadVersion,
    ports: state.openedPorts.map(({ protocol, port = null }) => [protocol, port]),
    relations: Object.fromEntries(
      state.relations.map(({ id, localAppData, localUnitData }) => [id, [localAppData, localUnitData]]),
    ),
    secrets: state.secrets.map(({ label, owner, trackedContent, latestContent, description, remoteGrants }) => [
      label ?? null,
      owner ?? null,
      trackedContent,
      latestContent,
      description ?? null,
      remoteGrants,
    ]),
    stored: state.storedStates.map(({ content }) => content),
    deferred: state.deferred.map(({ kind }) => kind).toSorted(),
    containers: Object.fromEntries(
      state.containers.map(({ name, serviceStatuses, plan }) => {
        const commands = Object.entries(plan.services).map(([service, { command }]) => [service, command]);
        const services = Object.entries(serviceStatuses).filter(([, status]) => status !== 'inactive');
        return [name, { services: Object.fromEntries(services), plan: Object.fromEntries(commands) }];
      }),
    ),
  };
}
