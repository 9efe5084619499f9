// The class that every charm extends.

import { OpsError } from '../errors.ts';
import { collectStatusTypes } from '../events/collect-status.ts';
import type { EventHost } from '../events/host.ts';
import { reconcileEvent } from '../events/reconcile.ts';
import { isDispatched } from '../events/table.ts';
import type { CustomEventClasses, CustomEvents, StorablePayloads } from '../framework/custom-event.ts';
import type { EventName } from '../framework/event.ts';
import type { Framework } from '../framework/framework.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import type { JujuContext } from '../juju/context.ts';
import type { CharmMeta } from '../meta/charm-meta.ts';
import type { MetaSource } from '../meta/source.ts';
import type { ConfigErrors, ConfigOf } from '../model/config.ts';
import type { Model } from '../model/model.ts';
import type { OwnApplication } from '../model/own-application.ts';
import type { OwnUnit } from '../model/own-unit.ts';
import type { StandardSchema } from '../model/standard-schema.ts';
import type { Operation } from '../operations/operation.ts';
import { CharmEvents } from './charm-events.ts';
import { OpsObject } from './ops-object.ts';

/** The framework that a charm's constructor is given. */
export type CharmFramework = Framework<EventHost>;

/** Events of every charm that do not come from Juju. */
const OWN_KINDS: ReadonlySet<string> = new Set([...Object.keys(collectStatusTypes), reconcileEvent.kind]);

/**
 * A charm. Its constructor observes events; its handlers do the work.
 *
 * Extend the `CharmBase` that `charmed types` writes into `src/charm.gen.ts`, which knows the charm's own metadata. This one works
 * too, loosely typed.
 */
export class CharmBase<M extends MetaSource = MetaSource> extends OpsObject {
  readonly on: CharmEvents<M>;
  readonly model: Model<M>;
  readonly unit: OwnUnit<M>;
  readonly app: OwnApplication;
  readonly meta: CharmMeta;

  constructor(framework: CharmFramework) {
    super(framework, 'charm');
    const { model, backend } = framework.host;
    this.model = model;
    this.unit = this.model.unit;
    this.app = this.model.app;
    this.meta = backend.meta;
    this.on = new CharmEvents<M>(backend.meta);
  }

  /** @throws OpsError `duplicate-event` also for an event that the charm has anyway, or `bad-event-name`. */
  override defineEvents<C extends CustomEventClasses>(classes: C & StorablePayloads<C>): CustomEvents<C, EventHost> {
    const events = super.defineEvents<C>(classes);
    for (const { kind } of Object.values<EventName>(events)) {
      if (!isDispatched(kind, this.meta) && !OWN_KINDS.has(kind)) continue;
      throw new OpsError('duplicate-event', `cannot define event ${kind} of the charm: there is one of this name`);
    }
    return events;
  }

  /** What Juju says of this dispatch in its environment. */
  get juju(): JujuContext {
    return this.framework.host.backend.context;
  }

  /** Absolute path of the unpacked charm. */
  get charmDir(): string {
    return this.framework.host.backend.context.charmDir;
  }

  /** Runs the functions of `@charmed/ops/hookcmds`, for what the model has no word for. Caches of the model do not learn of it. */
  get hookRunner(): HookRunner {
    return this.framework.host.backend.runner;
  }

  /** The application's configuration, with defaults filled in. Read once in a dispatch. */
  config(): Operation<ConfigOf<M>> {
    return this.model.config();
  }

  /**
   * The configuration, validated by a schema; options that nobody has set are missing from what it gets.
   *
   * @param options.errors `blocked` blocks the unit with what is wrong and ends the dispatch without failing it, so that the next change
   * of the configuration can mend it; nothing is committed then. Default: `throw`.
   * @throws ValidationError when the configuration does not fit the schema.
   */
  loadConfig<T>(schema: StandardSchema<T>, options: { readonly errors?: ConfigErrors } = {}): Operation<T> {
    return this.model.loadConfig(schema, options);
  }
}

/**
 * Any charm, whatever its metadata: what libraries take. Names are plain strings then. A library that wants its endpoint checked against
 * the charm's metadata takes `CharmBase<M>` and `RelationName<NoInfer<M>>` in its constructor.
 */
export type AnyCharm = CharmBase;

/** A charm's class, as `main` takes it. */
export interface CharmClass {
  readonly name: string;
  /** What `charmed types` writes; without it the metadata is read from the charm's files. */
  readonly meta?: MetaSource;
  new (framework: CharmFramework): OpsObject;
}
