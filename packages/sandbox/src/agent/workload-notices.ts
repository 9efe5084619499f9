// What a container's Pebble has to tell its charm: custom notices, and checks that have failed or recovered. Each becomes one event, also
// if the controller or Pebble is killed in between. Follows juju/juju internal/worker/uniter/pebblenotices.go.

import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '@charmed/ops/internal';
import {
  type Change,
  type Notice,
  PebbleAPIError,
  PebbleClient,
  PebbleConnectionError,
  PebbleTimeoutError,
  unixHttpTransport,
} from '@charmed/ops/pebble';
import { workloadEvent, type WorkloadEvent } from '@charmed/sim/model';
import type { AgentHost } from './host.ts';

const POLL_MS = 100;
const ERROR_MS = 1000;

export interface NoticedContainer {
  readonly unit: string;
  readonly name: string;
  readonly socket: string;
  /** The name of the note that says what has been told. */
  readonly note: string;
  readonly log: (level: string, message: string) => void;
}

/** How far a container's notices have become events. */
interface Progress {
  /** Only notices from after this time are new. */
  readonly after?: string;
  /** The last change of each check that became an event: its notice may come again. */
  readonly checks: Readonly<Record<string, string>>;
}

/** Until the signal aborts. One event at a time: until its hook has run, what happens again is the same notice. */
export async function followNotices(host: AgentHost, container: NoticedContainer, signal: AbortSignal): Promise<void> {
  const client = new PebbleClient(unixHttpTransport(container.socket));
  let progress: Progress = JSON.parse(host.recall(container.note) ?? '{"checks":{}}') as Progress;
  while (!signal.aborted) {
    if (isWaiting(host, container)) await pause(POLL_MS, signal);
    else progress = await nextProgress(host, client, container, progress, signal);
  }
}

async function nextProgress(
  host: AgentHost,
  client: PebbleClient,
  container: NoticedContainer,
  before: Progress,
  signal: AbortSignal,
): Promise<Progress> {
  let progress = before;
  try {
    for (const notice of await client.waitNotices({ users: 'all', after: progress.after, signal })) {
      const event = await eventOf(client, container.name, notice, progress);
      const checks = event?.kind.startsWith('pebble-check') ? told(progress.checks, notice) : progress.checks;
      progress = { after: notice.lastRepeatedExactly, checks };
      if (event === undefined) continue;
      if (signal.aborted || host.state().units[container.unit] === undefined) return before;
      host.update((state) => workloadEvent(state, container.unit, event), {
        [container.note]: JSON.stringify(progress),
      });
      return progress;
    }
  } catch (error) {
    if (signal.aborted || error instanceof PebbleTimeoutError) return progress;
    // Pebble has not started yet, or is about to be started again.
    if (!(error instanceof PebbleConnectionError)) container.log('ERROR', `cannot read notices: ${reasonOf(error)}`);
    await pause(ERROR_MS, signal);
  }
  return progress;
}

function isWaiting(host: AgentHost, { unit, name }: NoticedContainer): boolean {
  return host.state().units[unit]?.workloadEvents?.some(({ container }) => container === name) ?? false;
}

function told(checks: Progress['checks'], notice: Notice): Progress['checks'] {
  return { ...checks, [notice.lastData['check-name'] ?? '']: identityOf(notice) };
}

// Another Pebble in its place counts from 1 again.
function identityOf({ key, firstOccurred }: Notice): string {
  return `${key} ${firstOccurred.toISOString()}`;
}

async function eventOf(
  client: PebbleClient,
  container: string,
  notice: Notice,
  { checks }: Progress,
): Promise<WorkloadEvent | undefined> {
  const { id, type, key, lastData } = notice;
  if (type === 'custom') return { kind: 'pebble-custom-notice', container, notice: { id, type, key } };
  const { kind, 'check-name': check = '' } = lastData;
  if (type !== 'change-update' || (kind !== 'perform-check' && kind !== 'recover-check')) return undefined;
  if (checks[check] === identityOf(notice)) return undefined;
  // One that is no longer known has ended as it should.
  const status = (await changeOf(client, key))?.status;
  if (kind === 'perform-check') {
    return status === undefined || status === 'Error' ? { kind: 'pebble-check-failed', container, check } : undefined;
  }
  return status === undefined || status === 'Done' ? { kind: 'pebble-check-recovered', container, check } : undefined;
}

async function changeOf(client: PebbleClient, id: string): Promise<Change | undefined> {
  try {
    return await client.getChange(id);
  } catch (error) {
    if (error instanceof PebbleAPIError && error.status === 404) return undefined;
    throw error;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
