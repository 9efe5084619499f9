// A charm that writes down the events it gets, for tests of the harness.

import {
  CharmBase,
  StorageEvent,
  RelationDepartedEvent,
  RelationEvent,
  SecretEvent,
  type Framework,
} from '@charmed/ops';
import type { EventBase } from '@charmed/ops';

const meta = {
  name: 'trace',
  requires: { db: { interface: 'sql' } },
  provides: { site: { interface: 'http' } },
  peers: { cluster: { interface: 'cluster' } },
  storage: { data: { type: 'filesystem' } },
  containers: { web: { mounts: [{ storage: 'data', location: '/srv' }] } },
  resources: { image: { type: 'oci-image' }, blob: { type: 'file', filename: 'blob.bin' } },
  config: { options: { port: { type: 'int', default: 80 }, name: { type: 'string' }, on: { type: 'boolean' } } },
  actions: {
    greet: { params: { name: { type: 'string', default: 'world' }, loud: { type: 'boolean' } }, required: ['loud'] },
  },
} as const;

export class TraceCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
  readonly trace: string[] = [];
  /** What the next handlers do beside. */
  act: (event: EventBase) => unknown = () => undefined;

  constructor(framework: Framework) {
    super(framework);
    const { on } = this;
    const lifecycle = [on.install, on.start, on.configChanged, on.leaderElected, on.leaderSettingsChanged];
    for (const event of lifecycle) this.observe(event, this.#note);
    for (const endpoint of ['db', 'site', 'cluster'] as const) {
      const { created, joined, changed, departed, broken } = on.relation(endpoint);
      for (const event of [created, joined, changed, departed, broken]) this.observe(event, this.#note);
    }
    const { attached, detaching } = on.storage('data');
    for (const event of [attached, detaching]) this.observe(event, this.#note);
    const { pebbleReady, pebbleCustomNotice, pebbleCheckFailed, pebbleCheckRecovered } = on.container('web');
    for (const event of [pebbleReady, pebbleCustomNotice, pebbleCheckFailed, pebbleCheckRecovered])
      this.observe(event, this.#note);
    for (const event of [on.secretChanged, on.secretRotate, on.secretRemove, on.secretExpired]) {
      this.observe(event, this.#note);
    }
    this.observe(on.action('greet'), this.#note);
    this.observe(on.collectUnitStatus, this.#note);
  }

  async #note(event: EventBase): Promise<void> {
    this.trace.push([event.kind, ...wordsOf(event)].join(' '));
    await this.act(event);
  }
}

function wordsOf(event: EventBase): string[] {
  if (event instanceof RelationDepartedEvent) return [event.unit.name, `by ${event.departingUnit?.name}`];
  if (event instanceof RelationEvent) {
    const { app, relation } = event;
    const unit = 'unit' in event ? (event.unit as { name: string } | undefined)?.name : undefined;
    return [unit ?? app.name, ...(relation.active ? [] : ['gone'])];
  }
  if (event instanceof StorageEvent) return [event.storage.id];
  return event instanceof SecretEvent && event.secret.label !== undefined ? [event.secret.label] : [];
}
