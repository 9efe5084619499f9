// `Context`: runs a charm for one event at a time, from one state to the next.

import { JujuVersion, type CharmClass, type MetaSource } from '@charmed/ops';
import { readMeta } from '@charmed/ops/internal';
import { charmNameIn, charmRootHere } from './charm-root.ts';
import { requireConsistent } from './consistency/check.ts';
import { ContextEvent } from './events/context-event.ts';
import { ContextEvents } from './events/context-events.ts';
import { Manager } from './manager.ts';
import type { MetaOf } from './meta-of.ts';
import { ActionFailedError, ContextSetupError } from './run/errors.ts';
import { NOTHING_RECORDED, type EmittedEvent, type Recording } from './run/recording.ts';
import { runEvent, type RunOptions, type RunOutcome } from './run/run-event.ts';
import type { State } from './state/state.ts';

export interface ContextOptions {
  /** For a charm that does not carry its metadata. */
  readonly meta?: MetaSource;
  /**
   * Where charmcraft.yaml is, or the files of a packed charm: for a charm without metadata of its own, and as `charmDir`. Default, for such a
   * charm: the working directory, if it has them.
   */
  readonly charmRoot?: string;
  /** Default: 3.6.14. */
  readonly jujuVersion?: string;
  /** Default: the charm's name. */
  readonly appName?: string;
  /** Number of the unit. Default: 0. */
  readonly unitId?: number;
  readonly machineId?: string;
  readonly availabilityZone?: string;
  /** The unit that this one goes with, if the charm is a subordinate. */
  readonly principalUnit?: string;
  /** Whether it was deployed with `--trust`, and so may know its cloud's credential. Default: false. */
  readonly appTrusted?: boolean;
  /** Whether `emittedEvents` has what earlier dispatches have deferred. Default: false. */
  readonly captureDeferredEvents?: boolean;
  /** Whether `emittedEvents` has collect-status, reconcile, pre-commit and commit. Default: false. */
  readonly captureFrameworkEvents?: boolean;
  /** Whether states and events that Juju could not bring about are refused. Default: true. */
  readonly checkConsistency?: boolean;
}

/** A state, and all that was recorded on the way to it. */
export interface Run<M extends MetaSource = MetaSource> extends Recording {
  readonly state: State<M>;
}

const FRAMEWORK_EVENTS: ReadonlySet<string> = new Set([
  'collect-app-status',
  'collect-unit-status',
  'commit',
  'pre-commit',
  'reconcile',
]);

/**
 * Where a charm runs for one event: what it sees of Juju is a {@link State}, and so is what comes out.
 *
 * ```ts
 * const ctx = new Context(WebCharm);
 * const db = new Relation('db', { remoteAppData: { url: 'postgres://db' } });
 * const out = await ctx.run(ctx.on.relationChanged(db), new State({ leader: true, relations: [db] }));
 * assert.deepEqual(out.unitStatus, new ActiveStatus());
 * ```
 *
 * Runs may overlap. What was recorded is of the run that ended last; `record` gives each its own.
 */
export class Context<C extends CharmClass = CharmClass> implements Recording {
  readonly charm: C;
  readonly appName: string;
  readonly unitName: string;
  /** The events that Juju may send. */
  readonly on: ContextEvents<MetaOf<C>, InstanceType<C>>;
  readonly #options: ContextOptions;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #version: JujuVersion;
  #meta: Promise<MetaSource> | undefined;
  #recording: Recording = NOTHING_RECORDED;

  /** @throws ContextSetupError when there is no metadata, or the charm has its own and is given another. */
  constructor(charm: C, given: ContextOptions = {}) {
    const options = withMeta(charm, given);
    this.charm = charm;
    this.#options = options;
    this.appName = options.appName ?? charm.meta?.name ?? options.meta?.name ?? nameIn(options) ?? 'app';
    this.unitName = `${this.appName}/${options.unitId ?? 0}`;
    this.on = new ContextEvents(this.appName);
    this.#environment = environmentOf(this.unitName, options);
    this.#version = JujuVersion.parse(options.jujuVersion ?? DEFAULT_JUJU);
  }

  /**
   * The state after the event.
   *
   * @throws InconsistentStateError when Juju could not bring that about, ActionFailedError, OpsError `forgotten-await`, and what the charm throws,
   * as it is.
   */
  async run(event: ContextEvent, state: State<MetaOf<C>> | State): Promise<State<MetaOf<C>>> {
    return (await this.record(event, state)).state;
  }

  /** As `run`, with all that was recorded. */
  async record(event: ContextEvent, state: State<MetaOf<C>> | State): Promise<Run<MetaOf<C>>> {
    const options = await this.#runOptions(event, state);
    return this.#ended(await runEvent({ ...options, onCharm: () => undefined }));
  }

  /**
   * Constructs the charm, and lets the test look inside before the event is emitted:
   *
   * ```ts
   * await using manager = await ctx.manager(ctx.on.start(), state);
   * assert.equal(manager.charm.port, 8080);
   * const out = await manager.run();
   * ```
   *
   * @throws what the charm's constructor throws.
   */
  async manager(event: ContextEvent, state: State<MetaOf<C>> | State): Promise<Manager<C>> {
    const options = await this.#runOptions(event, state);
    return Manager.of<C>(
      (onCharm) => runEvent({ ...options, onCharm }),
      (outcome) => this.#ended(outcome).state,
    );
  }

  async #runOptions(event: ContextEvent, state: State): Promise<Omit<RunOptions, 'onCharm'>> {
    if (!(event instanceof ContextEvent)) {
      throw new TypeError('cannot run: the event is made by ctx.on, such as ctx.on.start()');
    }
    const meta = await (this.#meta ??= metaOf(this.charm, this.#options));
    const { charm, appName, unitName } = this;
    const { appTrusted: isTrusted = false, checkConsistency = true } = this.#options;
    const warnings = checkConsistency
      ? requireConsistent({ meta, state, event, jujuVersion: this.#version, unitName })
      : [];
    const environment = {
      ...this.#environment,
      JUJU_MODEL_NAME: state.model.name,
      JUJU_MODEL_UUID: state.model.uuid,
    };
    return { charm, meta, state, event, environment, unitName, appName, isTrusted, warnings };
  }

  #ended({ recording, state, error, actionFailure }: RunOutcome): Run<MetaOf<C>> {
    const emittedEvents = recording.emittedEvents.filter((event) => this.#captures(event));
    this.#recording = { ...recording, emittedEvents };
    if (!state) throw error;
    if (actionFailure !== undefined) throw new ActionFailedError(actionFailure, state, recording);
    return { ...this.#recording, state: state };
  }

  #captures({ kind, isDeferred }: EmittedEvent): boolean {
    const { captureDeferredEvents = false, captureFrameworkEvents = false } = this.#options;
    return (captureDeferredEvents || !isDeferred) && (captureFrameworkEvents || !FRAMEWORK_EVENTS.has(kind));
  }

  get emittedEvents(): Recording['emittedEvents'] {
    return this.#recording.emittedEvents;
  }

  get jujuLog(): Recording['jujuLog'] {
    return this.#recording.jujuLog;
  }

  get unitStatusHistory(): Recording['unitStatusHistory'] {
    return this.#recording.unitStatusHistory;
  }

  get appStatusHistory(): Recording['appStatusHistory'] {
    return this.#recording.appStatusHistory;
  }

  get workloadVersionHistory(): Recording['workloadVersionHistory'] {
    return this.#recording.workloadVersionHistory;
  }

  get actionLogs(): Recording['actionLogs'] {
    return this.#recording.actionLogs;
  }

  get actionResults(): Recording['actionResults'] {
    return this.#recording.actionResults;
  }

  get execHistory(): Recording['execHistory'] {
    return this.#recording.execHistory;
  }

  get requestedStorages(): Recording['requestedStorages'] {
    return this.#recording.requestedStorages;
  }

  get removedSecretRevisions(): Recording['removedSecretRevisions'] {
    return this.#recording.removedSecretRevisions;
  }

  get warnings(): Recording['warnings'] {
    return this.#recording.warnings;
  }

  get reboot(): Recording['reboot'] {
    return this.#recording.reboot;
  }
}

const DEFAULT_JUJU = '3.6.14';

function withMeta(charm: CharmClass, options: ContextOptions): ContextOptions {
  if (charm.meta && options.meta) {
    throw new ContextSetupError(`cannot give ${charm.name} metadata: its class has some; leave the option out`);
  }
  if (charm.meta || options.meta || options.charmRoot !== undefined) return options;
  const charmRoot = charmRootHere();
  if (charmRoot !== undefined) return { ...options, charmRoot };
  throw new ContextSetupError(
    `cannot run ${charm.name} without metadata: extend the CharmBase that \`charmed types\` writes, give the option meta or charmRoot, or run where charmcraft.yaml is`,
  );
}

function nameIn({ charmRoot }: ContextOptions): string | undefined {
  return charmRoot === undefined ? undefined : charmNameIn(charmRoot);
}

function metaOf(charm: CharmClass, { meta, charmRoot = '' }: ContextOptions): Promise<MetaSource> {
  const known = charm.meta ?? meta;
  return known ? Promise.resolve(known) : readMeta(charmRoot);
}

function environmentOf(unitName: string, options: ContextOptions): Readonly<Record<string, string>> {
  const { charmRoot = '.', jujuVersion = DEFAULT_JUJU, machineId, availabilityZone, principalUnit } = options;
  return {
    JUJU_CHARM_DIR: charmRoot,
    JUJU_UNIT_NAME: unitName,
    JUJU_VERSION: jujuVersion,
    ...(machineId !== undefined && { JUJU_MACHINE_ID: machineId }),
    ...(availabilityZone !== undefined && { JUJU_AVAILABILITY_ZONE: availabilityZone }),
    ...(principalUnit !== undefined && { JUJU_PRINCIPAL_UNIT: principalUnit }),
  };
}
