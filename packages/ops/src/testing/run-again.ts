// Finds what a reconciler reads without being run again when that changes.

import { isReason } from '../charm/reconcile.ts';
import type { CharmFramework } from '../charm/charm-base.ts';
import { reconcileEvent } from '../events/reconcile.ts';
import { OpsError } from '../errors.ts';
import type { HandlerRun } from '../framework/framework.ts';
import type { Read } from '../operations/scope.ts';

export interface RunAgainOptions {
  /** Names of the handlers to look at, such as `#reconcile`. Default: all that observe several events. */
  readonly handlers?: readonly string[];
}

/**
 * Fails for a handler that has read something in this dispatch, but does not observe the event that tells of its change: a relation's
 * `changed`, `configChanged`, a container's `pebbleReady`, `secretChanged`, `leaderElected`, a storage's `attached`.
 *
 * @param framework of the charm, after the dispatch.
 * @throws OpsError `not-run-again` with a line for each: "charm.#reconcile reads relation `db`, but nothing runs it again when `db` changes".
 */
export function assertRunAgain(framework: CharmFramework, options: RunAgainOptions = {}): void {
  const findings = framework.handlerRuns().filter(isLookedAt(options)).flatMap(unobservedReads);
  if (findings.length > 0) throw new OpsError('not-run-again', findings.join('\n'));
}

function isLookedAt({ handlers }: RunAgainOptions): (run: HandlerRun) => boolean {
  return (run) => (handlers ? handlers.includes(run.handler) : kindsOf(run).length > 1);
}

function unobservedReads(run: HandlerRun): string[] {
  const { object, handler, reads } = run;
  const kinds = kindsOf(run);
  const missing = reads.filter((read) => !kinds.some((kind) => runsAgain(kind, changeOf(read))));
  return missing.map((read) => {
    const subject = read.name ? `${read.what} \`${read.name}\`` : read.what;
    const change = read.name ? `\`${read.name}\` changes` : 'it changes';
    return `${object}.${handler} reads ${subject}, but nothing runs it again when ${change}. Observe ${observed(read)}, or use this.reconcile().`;
  });
}

function runsAgain(kind: string, change: string): boolean {
  return kind === change || (kind === reconcileEvent.kind && isReason(change));
}

/** The kinds of event that it observes of the charm, not of libraries. */
function kindsOf({ events }: HandlerRun): readonly string[] {
  return events.filter(({ emitter }) => emitter === reconcileEvent.emitter).map(({ kind }) => kind);
}

/** The kind of the event that tells of a change. */
function changeOf({ what, name }: Read): string {
  return {
    config: 'config-changed',
    container: `${name}-pebble-ready`,
    leadership: 'leader-elected',
    relation: `${name}-relation-changed`,
    secret: 'secret-changed',
    storage: `${name}-storage-attached`,
  }[what];
}

function observed({ what, name }: Read): string {
  return {
    config: 'this.on.configChanged',
    container: `this.on.container('${name}').pebbleReady`,
    leadership: 'this.on.leaderElected',
    relation: `this.on.relation('${name}').changed`,
    secret: 'this.on.secretChanged',
    storage: `this.on.storage('${name}').attached`,
  }[what];
}
