// The charm of the runners' tests. Lines that these look for say so.

import {
  ActiveStatus,
  CharmBase,
  CustomEventBase,
  main,
  SecretNotFoundError,
  type ActionEvent,
  type EventBase,
  type Framework,
} from '@charmed/ops';

export const meta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  containers: { web: {} },
  config: { options: { port: { type: 'int', default: 8080 } } },
  actions: { crash: {}, files: {}, forget: {}, secret: {} },
} as const;

interface Started {
  readonly times: readonly number[];
}

class StartedEvent extends CustomEventBase<Started> {}

export class WebCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
  readonly events = this.defineEvents({ started: StartedEvent });
  #stored = this.storedState({ starts: { times: [] as number[] } });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
    this.observe(this.events.started, this.#onStarted);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.action('crash'), this.#onCrash);
    this.observe(this.on.action('files'), this.#onFiles);
    this.observe(this.on.action('forget'), this.#onForget);
    this.observe(this.on.action('secret'), this.#onSecret);
  }

  async #onStart(event: EventBase): Promise<void> {
    const { times } = this.#stored.starts;
    times.push(times.length + 1);
    console.log('start %d', times.length);
    const db = await this.model.relation('db');
    if (!db) return event.defer();
    await this.unit.setStatus(new ActiveStatus((await db.data(db.app).get('url')) ?? ''));
    await this.events.started.emit({ times });
  }

  async #onStarted({ payload }: StartedEvent): Promise<void> {
    await this.unit.setWorkloadVersion(payload.times.join('.'));
  }

  async #onConfigChanged(): Promise<void> {
    await this.unit.setPorts((await this.config()).port);
  }

  async #onCrash(): Promise<void> {
    await this.unit.isLeader();
    throw new RangeError('crashed'); // the line of the crash
  }

  async #onFiles(event: ActionEvent): Promise<void> {
    const web = this.unit.container('web');
    await web.push('/a/b', new Uint8Array([104, 105]), { makeDirs: true });
    const { stdout } = await web.exec(['say'], { stdin: 'x' }).waitOutput();
    await event.setResults({ file: await web.pull('/a/b').text(), said: stdout });
  }

  #onForget(): void {
    // oxlint-disable-next-line typescript/no-floating-promises -- what a test is about
    this.unit.setPorts(1); // the line of the forgotten await
  }

  async #onSecret(event: ActionEvent): Promise<void> {
    try {
      await this.model.secret({ label: 'none' });
    } catch (error) {
      if (!(error instanceof SecretNotFoundError)) throw error;
      await event.setResults({ caught: error.code });
    }
  }
}

if (import.meta.main) await main(WebCharm);
