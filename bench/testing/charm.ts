// The same charms as context_run.py has.

import { ActiveStatus, CharmBase, type Framework, type RelationChangedEvent } from '@charmed/ops';

const meta = { name: 'web', requires: { db: { interface: 'sql' } }, containers: { web: {} } } as const;

abstract class BenchBase extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
}

export class RelationCharm extends BenchBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').changed, this.#onChanged);
  }

  async #onChanged({ relation, app }: RelationChangedEvent): Promise<void> {
    await this.unit.setStatus(new ActiveStatus((await relation.data(app).get('url')) ?? ''));
  }
}

export class ContainerCharm extends BenchBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('web').pebbleReady, this.#onReady);
  }

  async #onReady(): Promise<void> {
    const web = this.unit.container('web');
    await web.push('/etc/web.conf', await web.pull('/etc/base.conf').text(), { makeDirs: true });
    const service = { override: 'replace', command: 'serve', startup: 'enabled' } as const;
    await web.addLayer('web', { services: { web: service } }, { combine: true });
    await web.replan();
  }
}
