// One dispatch, from the context that Juju gives to the commit: the table of contents of this library. It does no IO of its own and
// touches nothing global; `main` hands it the real world, tests and simulations another one.

import type { CharmClass, CharmFramework } from './charm/charm-base.ts';
import { collectStatus } from './charm/collect-status.ts';
import type { OpsObject } from './charm/ops-object.ts';
import { reconcile } from './charm/reconcile.ts';
import { OpsError, reasonOf } from './errors.ts';
import type { EventHost } from './events/host.ts';
import { reconcileEvent } from './events/reconcile.ts';
import { dispatchedEvent, eventKind, isDispatched, isRestricted } from './events/table.ts';
import { Breakpoints } from './framework/breakpoints.ts';
import { DispatchEnd } from './framework/dispatch-end.ts';
import type { EventName } from './framework/event.ts';
import type { Emission } from './framework/emissions.ts';
import { Framework } from './framework/framework.ts';
import type { LoadedContents, Store } from './framework/store.ts';
import { tellingDenials } from './hookcmds/denials.ts';
import type { HookRunner } from './hookcmds/runner.ts';
import type { JujuContext } from './juju/context.ts';
import { SecurityLog } from './juju/security-log.ts';
import type { Logger } from './log.ts';
import { charmMetaFrom } from './meta/charm-meta.ts';
import type { MetaSource } from './meta/source.ts';
import { Backend, type Clock } from './model/backend.ts';
import type { LocalFiles } from './model/local-files.ts';
import { Model } from './model/model.ts';
import { notedTransport } from './model/noted-transport.ts';
import { Scope, type ForgottenOperation } from './operations/scope.ts';
import { PebbleClient } from './pebble/client.ts';
import type { PebbleTransport } from './pebble/transport.ts';

/** The world of one dispatch. */
export interface Ports {
  readonly context: JujuContext;
  /** Numeric id of the user who runs the charm, for security events. Default: 0. */
  readonly uid?: number;
  /** Runs hook commands one at a time, in call order. */
  readonly runner: HookRunner;
  readonly log: Logger & { flush(): Promise<void> };
  readonly store: Store;
  readonly clock: Clock;
  /** Reaches Pebble in a workload container. Nothing is loaded or connected before its first request. */
  readonly pebble: (container: string) => PebbleTransport;
  /** The files of the charm itself, for copies into and out of containers. */
  readonly files: LocalFiles;
  /** Reads the metadata from the charm's files, for a charm that does not carry it. */
  readonly readMeta: () => Promise<MetaSource>;
  /** Told when the charm has been constructed, for those who want to look inside; what comes next waits for it. */
  readonly onCharm?: (framework: CharmFramework, charm: OpsObject) => void | Promise<void>;
  /** Told of each event before it is delivered. */
  readonly onEmit?: (emission: Emission) => void;
  /** Emits something in place of the event that Juju dispatches: for tests of what the charm does about events of its own. */
  readonly emitInstead?: ((framework: CharmFramework, charm: OpsObject) => Promise<void>) | undefined;
  /** Whether a forgotten `await` fails the dispatch, as in tests, or is only logged. Default: false. */
  readonly strict?: boolean;
}

/**
 * Runs the charm for one event: constructs it, delivers what was deferred, then the event, then collects statuses, and commits.
 *
 * Whatever the charm throws comes out, and then nothing has been committed; nor has it when the charm ended the dispatch early.
 */
export async function run(charm: CharmClass, ports: Ports): Promise<void> {
  const end = new DispatchEnd();
  try {
    const meta = charm.meta ?? (await ports.readMeta());
    const framework = createFramework(charm, ports, { meta, stored: await ports.store.load(), end });
    await Promise.race([framework.host.backend.ended, runWith(charm, framework, ports)]);
  } finally {
    end.come();
    await ports.store.close();
  }
}

async function runWith(charm: CharmClass, framework: CharmFramework, ports: Ports): Promise<void> {
  const object = await construct(charm, framework, ports);
  await ports.onCharm?.(framework, object);
  framework.takeOver();
  const restricted = isRestricted(ports.context);
  if (!restricted) await framework.reemit();
  const kind = await (ports.emitInstead ? emitInstead(framework, object, ports) : emitDispatched(framework));
  if (kind) await reconcile(framework, kind);
  if (!restricted) await collectStatus(framework);
  await framework.emit(framework.on.preCommit);
  await framework.emit(framework.on.commit);
  await ports.log.flush();
  if (ports.runner.fault) throw ports.runner.fault; // which the charm may have caught
  const changes = framework.changes();
  if (changes) await ports.store.commit(changes);
}

/** What the framework of a charm is made from, beside its world. */
export interface FrameworkSource {
  readonly meta: MetaSource;
  readonly stored: LoadedContents;
  readonly end: DispatchEnd;
  /** Whether an event is delivered although an equal one waits for its handler already. Default: false. */
  readonly keepsDuplicates?: boolean;
}

/** The framework before there is a charm: `run` makes one for each dispatch, who lets a charm live through several makes one for all. */
export function createFramework(charm: CharmClass, ports: Ports, source: FrameworkSource): CharmFramework {
  const { stored, end, keepsDuplicates = false } = source;
  const meta = charmMetaFrom(source.meta);
  const pebble = (container: string) => new PebbleClient(notedTransport(container, ports.pebble(container)));
  const { context, clock, files, log: logger, uid = 0 } = ports;
  const security = new SecurityLog({ logger, context, uid });
  const runner = tellingDenials(ports.runner, security);
  const flushLog = () => ports.log.flush();
  const backend = new Backend({ runner, context, meta, clock, pebble, files, security, flushLog });
  const host: EventHost = { backend, model: new Model(backend), collected: { app: [], unit: [] } };
  const onForgotten = (handler: string, forgotten: readonly ForgottenOperation[]) =>
    reportForgotten(ports, handler, forgotten);
  const breakpoints = new Breakpoints(context.debugAt, logger);
  const stopsIn = (event: EventName) => breakpoints.inHooks && isHook(event, meta);
  const { onEmit = () => undefined } = ports;
  const charmName = charm.name;
  const to = { onForgotten, onEmit, breakpoints, stopsIn };
  return new Framework({ host, stored, logger, charmName, end, keepsDuplicates, ...to });
}

function isHook({ emitter, kind }: EventName, meta: Backend['meta']): boolean {
  return emitter === reconcileEvent.emitter && (kind === reconcileEvent.kind || isDispatched(kind, meta));
}

export async function construct(charm: CharmClass, framework: CharmFramework, ports: Ports): Promise<OpsObject> {
  const name = `the constructor of ${charm.name}`;
  const created = Promise.withResolvers<OpsObject>();
  const forgotten = await new Scope(name).run(() => created.resolve(new charm(framework)));
  if (forgotten.length > 0) reportForgotten(ports, name, forgotten);
  return created.promise;
}

/** Returns the kind of the event, if it is one of this charm. */
export async function emitDispatched(framework: CharmFramework): Promise<string | undefined> {
  const { context, meta } = framework.host.backend;
  const dispatched = dispatchedEvent(context, meta);
  // Tools that read the log match these two lines as ops writes them.
  const name = eventKind(context.dispatchPath).replaceAll('-', '_');
  if (!dispatched) {
    framework.logger.log('DEBUG', `Event ${name} not defined for this charm.`);
    return undefined;
  }
  framework.logger.log('DEBUG', `Emitting Juju event ${name}.`);
  // Making the snapshot may take a hook command.
  const snapshot = framework.observes(dispatched.event) ? await dispatched.snapshot(framework.host) : {};
  await framework.emit(dispatched.event, snapshot);
  return dispatched.event.kind;
}

async function emitInstead(framework: CharmFramework, object: OpsObject, ports: Ports): Promise<undefined> {
  await ports.emitInstead?.(framework, object);
}

function reportForgotten(ports: Ports, handler: string, forgotten: readonly ForgottenOperation[]): void {
  const messageOf = ({ name, site }: ForgottenOperation) =>
    `${handler} did not await ${name}. It was completed all the same; add the await.\n${site}`;
  const fatal = forgotten.find(({ error }) => ports.strict || error !== undefined);
  for (const each of forgotten) if (each !== fatal) ports.log.log('WARNING', messageOf(each));
  if (!fatal) return;
  const failure = fatal.error === undefined ? '' : `\nIt failed: ${reasonOf(fatal.error)}`;
  throw new OpsError('forgotten-await', `${messageOf(fatal)}${failure}`, failure ? { cause: fatal.error } : {});
}
