// One event of a unit: begins it in the model, runs the charm with its hook commands answered, and settles how it ended.

import { randomBytes } from 'node:crypto';
import { reasonOf } from '@charmed/ops/internal';
import {
  applicationOf,
  applyEffect,
  beginAction,
  beginHook,
  commitHook,
  dispatchPath,
  failHook,
  finishAction,
  HookDraft,
  hookEnvironment,
  hookName,
  isKubernetes,
  rebootUnit,
  refusedChange,
  requeueHook,
  unitOf,
  type ModelState,
  type UnitEvent,
} from '@charmed/sim/model';
import { files, unitSockets } from '../directories.ts';
import { charmDirectory, unpackCharm } from './charm-directory.ts';
import { runDispatch, type DispatchEnd, type DispatchRun } from './dispatch.ts';
import { answerHookCommands } from './hook-tools.ts';
import type { AgentHost } from './host.ts';

/** Until the signal aborts, which kills the charm; its hook is then as if it had not begun. */
export async function runEvent(host: AgentHost, unit: string, event: UnitEvent, signal: AbortSignal): Promise<void> {
  const contextId = `${unit}-${hookName(event)}-${randomBytes(8).toString('hex')}`;
  host.update((state) => begin(state, unit, event));
  host.startRun(unit, contextId);
  const hook = { unit, event, base: host.state() };
  const reboot = new AbortController();
  const draft = new HookDraft(hook, {
    rebootNow: () => reboot.abort(),
    effect: (effect) => host.update((state) => applyEffect(state, unit, effect, now())),
    log: (level, message) => host.log(unit, `unit.${unit}.juju-log`, level, message),
  });
  const output = { stdout: '', stderr: '' };
  const onOutput = (stream: 'stdout' | 'stderr', line: string): void => {
    if (event.kind === 'action') output[stream] += `${line}\n`;
    host.log(unit, `unit.${unit}.${hookName(event)}`, stream === 'stdout' ? 'DEBUG' : 'WARNING', line);
  };
  const killed = AbortSignal.any([signal, reboot.signal]);
  const end = await dispatch(host, draft, contextId, { signal: killed, onOutput }).catch(notRun);
  if (signal.aborted) return;
  if (reboot.signal.aborted) host.update((state) => rebootUnit(requeueHook(state, unit, now()), unit));
  else {
    const refused = end.error === undefined ? refusedChange(host.state(), unit, draft.changes()) : undefined;
    host.update((state) => finish(state, draft, end, output));
    report(host, unit, event, refused === undefined ? end : { ...end, error: refused });
  }
  host.endRun(unit);
}

// Whatever keeps a charm from being run is a failure of its hook, like any other.
function notRun(error: unknown): DispatchEnd {
  return { error: reasonOf(error), code: -1, missing: false };
}

function begin(state: ModelState, unit: string, event: UnitEvent): ModelState {
  return event.kind === 'action' ? beginAction(state, event.task, now()) : beginHook(state, unit, event, now());
}

async function dispatch(
  host: AgentHost,
  draft: HookDraft,
  contextId: string,
  run: Pick<DispatchRun, 'signal' | 'onOutput'>,
): Promise<DispatchEnd> {
  const { unit: name, event } = draft.hook;
  if (!unitOf(host.state(), name).installed || event.kind === 'upgrade-charm') await unpackCharm(host, name);
  const state = host.state();
  const unit = unitOf(state, name);
  const sockets = unitSockets(host.directories, state, name);
  const charmDir = charmDirectory(host, name);
  const server = await answerHookCommands(sockets.agent, contextId, draft);
  try {
    const paths = { charmDir, toolsDir: files.tools(host.directories), socket: sockets.agent, contextId };
    const environment = hookEnvironment(state, name, event, paths);
    // Where containers cannot be mounted at /charm/containers, this says where they are instead.
    if (isKubernetes(applicationOf(state, unit.application))) environment.CHARMED_CONTAINERS_DIR = sockets.containers;
    return await runDispatch({ charmDir, dispatchPath: dispatchPath(event), environment, ...run });
  } finally {
    await server.close();
  }
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

function finish(state: ModelState, draft: HookDraft, end: DispatchEnd, output: Output): ModelState {
  const { unit, event } = draft.hook;
  if (event.kind === 'action') {
    const error = end.missing ? `action not implemented on unit "${unit}"` : end.error;
    const results = { ...draft.actionResults, 'return-code': end.code, ...nonEmpty(output) };
    const outcome = { results, failure: draft.actionFailure, error };
    return finishAction(state, { ...draft.hook, task: event.task }, draft.changes(), outcome, now());
  }
  return end.error === undefined ? commitHook(state, draft.hook, draft.changes(), now()) : failHook(state, unit, now());
}

function nonEmpty(output: Output): Record<string, string> {
  return Object.fromEntries(Object.entries(output).filter(([, text]) => text !== ''));
}

function report(host: AgentHost, unit: string, event: UnitEvent, end: DispatchEnd): void {
  const what = event.kind === 'action' ? 'action' : 'hook';
  const name = hookName(event);
  const log = (level: string, message: string) => host.log(unit, 'juju.worker.uniter.operation', level, message);
  if (end.missing) log('INFO', `skipped "${name}" ${what} (missing)`);
  else if (end.error === undefined) log('INFO', `ran "${name}" ${what} (via hook dispatching script: dispatch)`);
  else log('ERROR', `${what} "${name}" (via hook dispatching script: dispatch) failed: ${end.error}`);
}

function now(): string {
  return new Date().toISOString();
}
