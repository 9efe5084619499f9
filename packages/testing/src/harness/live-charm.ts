// The charm in a harness: one object of it and one framework, for all events of a test.

import type { CharmClass, LogLevel } from '@charmed/ops';
import {
  collectStatus,
  construct,
  createFramework,
  DispatchEnd,
  emitDispatched,
  inCallOrder,
  jujuContextFrom,
  localFiles,
  reconcile,
  type CharmFramework,
  type Ports,
} from '@charmed/ops/internal';
import type { PebbleTransport } from '@charmed/ops/pebble';
import { simulatedRunner } from '@charmed/sim/juju';
import type { About } from '../events/about.ts';
import { ContextEvent } from '../events/context-event.ts';
import { withConsole } from '../run/console.ts';
import type { LogLine } from '../run/recording.ts';
import type { Emitter } from './emitter.ts';
import { HarnessError } from './errors.ts';
import type { World } from './world.ts';

export interface LiveCharmOptions<C extends CharmClass> {
  readonly charm: C;
  readonly world: World;
  readonly jujuVersion: string;
  readonly pebble: (container: string) => PebbleTransport;
}

/** Long enough for leadership to be asked for each time. */
const LATER_MS = 60_000;

export class LiveCharm<C extends CharmClass> implements Emitter {
  readonly log: LogLine[] = [];
  /** Whether setters emit. */
  hooksEnabled = true;
  readonly #options: LiveCharmOptions<C>;
  #made: { readonly framework: CharmFramework; readonly ports: Ports } | undefined;
  #object: InstanceType<C> | undefined;
  #time = 0;

  constructor(options: LiveCharmOptions<C>) {
    this.#options = options;
  }

  get framework(): CharmFramework {
    return this.#make().framework;
  }

  get hasBegun(): boolean {
    return this.#object !== undefined;
  }

  /** @throws HarnessError before `begin`. */
  get object(): InstanceType<C> {
    if (this.#object) return this.#object;
    throw new HarnessError('cannot give out the charm: there is none yet. Call `await harness.begin()` first.');
  }

  /** @throws HarnessError the second time, and what the charm's constructor throws. */
  async begin(): Promise<void> {
    if (this.#object) throw new HarnessError('cannot begin twice: this harness has its charm. Make another harness.');
    const { framework, ports } = this.#make();
    try {
      const object = await withConsole(ports.log, () => construct(this.#options.charm, framework, ports));
      this.#object = object as InstanceType<C>;
    } catch (error) {
      this.renew();
      throw error;
    }
  }

  requireBegun(): void {
    void this.object;
  }

  async emitIfEnabled(about: About): Promise<void> {
    if (this.hasBegun && this.hooksEnabled) await this.emit(about);
  }

  async emit(about: About): Promise<void> {
    const event = new ContextEvent(about, this.#options.world.appName);
    if (!this.#isHeard(event.kind)) return;
    await this.#during(event, async (framework) => {
      const kind = await emitDispatched(framework);
      if (kind !== undefined) await reconcile(framework, kind);
    });
  }

  // Most events of a test are for nobody, and making one takes longer than finding that out.
  #isHeard(kind: string): boolean {
    const { framework } = this;
    return [kind, 'reconcile'].some((each) => framework.observes({ emitter: 'charm/on', kind: each }));
  }

  async evaluateStatus(): Promise<void> {
    const { app, unit } = this.framework.host.collected;
    app.length = 0;
    unit.length = 0;
    await this.#during(undefined, collectStatus);
  }

  async reemit(): Promise<void> {
    await this.#during(undefined, (framework) => framework.reemit());
  }

  forget(): void {
    this.#made?.framework.host.backend.forget();
  }

  /** Drops the framework of a charm that has not begun, so that the next one is of another model. */
  renew(): void {
    this.#made = undefined;
  }

  async #during(event: ContextEvent | undefined, work: (framework: CharmFramework) => Promise<void>): Promise<void> {
    const { framework, ports } = this.#make();
    const context = event ? jujuContextFrom({ ...this.#environment(), ...event.environment() }) : ports.context;
    const dispatch = () => framework.host.backend.during(context, () => work(framework));
    await withConsole(ports.log, () => (event ? this.#options.world.during(event, dispatch) : dispatch()));
  }

  #make(): { readonly framework: CharmFramework; readonly ports: Ports } {
    if (this.#made) return this.#made;
    const { charm, world, pebble } = this.#options;
    const ports: Ports = {
      context: jujuContextFrom(this.#environment()),
      runner: inCallOrder(simulatedRunner(world)),
      log: {
        log: (level: LogLevel, message: string) => void this.log.push({ level, message }),
        flush: () => Promise.resolve(),
      },
      store: { load: async () => NOTHING_STORED, commit: async () => {}, close: async () => {} },
      clock: { now: () => (this.#time += LATER_MS) },
      pebble,
      files: localFiles,
      readMeta: async () => world.meta,
      strict: true,
    };
    const source = { meta: world.meta, stored: NOTHING_STORED, end: new DispatchEnd(), keepsDuplicates: true };
    this.#made = { framework: createFramework(charm, ports, source), ports };
    return this.#made;
  }

  #environment(): Readonly<Record<string, string>> {
    const { world, jujuVersion } = this.#options;
    return {
      JUJU_UNIT_NAME: world.unitName,
      JUJU_VERSION: jujuVersion,
      JUJU_MODEL_NAME: world.now.model.name,
      JUJU_MODEL_UUID: world.now.model.uuid,
    };
  }
}

const NOTHING_STORED = { notices: [], states: new Map() };
