// What the author of a library may and may not write.

import { CharmBase, CustomEventBase, OpsObject, type AnyCharm, type MetaSource, type RelationName } from '../index.ts';

class ReadyEvent extends CustomEventBase<{ url: string; port?: number }> {}
class GoneEvent extends CustomEventBase {}
class DatedEvent extends CustomEventBase<{ at: Date }> {}

class Loose extends OpsObject {
  readonly on = this.defineEvents({ ready: ReadyEvent, gone: GoneEvent });
  // @ts-expect-error: JSON has no dates
  readonly dated = this.defineEvents({ dated: DatedEvent });
  // @ts-expect-error: not an event
  readonly wrong = this.defineEvents({ wrong: Date });

  constructor(charm: AnyCharm, endpoint: string) {
    super(charm, endpoint);
    this.observe(charm.on.relation(endpoint).changed, this.#onChanged);
    // @ts-expect-error: the handler takes another event
    this.observe(this.on.gone, this.#onReady);
    this.observe(this.on.ready, this.#onReady);
  }

  async #onChanged(): Promise<void> {
    await this.on.ready.emit({ url: 'x' });
    await this.on.gone.emit();
    // @ts-expect-error: the payload is missing
    await this.on.ready.emit();
    // @ts-expect-error: the payload is another one
    await this.on.ready.emit({ url: 1 });
  }

  #onReady(event: ReadyEvent): void {
    event.payload.url satisfies string;
    event.payload.port satisfies number | undefined;
  }
}

/** Checks its endpoint against the metadata of the charm. */
class Strict<M extends MetaSource> extends OpsObject {
  constructor(charm: CharmBase<M>, endpoint: RelationName<NoInfer<M>>) {
    super(charm, endpoint);
    this.observe(charm.on.relation(endpoint).changed, () => undefined, { id: 'changed' });
  }
}

const meta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  containers: { web: {} },
  config: { options: { port: { type: 'int', default: 8080 } } },
  actions: { backup: { params: { compress: { type: 'boolean' } } } },
} as const;

export class WebCharm extends CharmBase<typeof meta> {
  readonly loose = new Loose(this, 'db');
  readonly strict = new Strict(this, 'db');
  // @ts-expect-error: no such endpoint
  readonly typo = new Strict(this, 'bd');
  readonly part = new Loose(this, 'part');
}

export const nested = (parent: Loose): OpsObject => new OpsObject(parent, 'part');
export const anyCharm = (charm: WebCharm): AnyCharm => charm;
