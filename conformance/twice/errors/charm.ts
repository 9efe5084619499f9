// What goes wrong in a handler, what of it a charm can catch, and what remains of a hook that failed.

import {
  ActiveStatus,
  CharmBase,
  main,
  MaintenanceStatus,
  ModelError,
  UnknownStatus,
  type Framework,
  type OwnUnit,
} from '@charmed/ops';

class ErrorsCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onConfigChanged(): Promise<void> {
    const attempt = Number((await this.config())['try']);
    const relation = await this.model.relation('db');
    await relation?.data(this.unit).set('try', String(attempt));
    await this.unit.openPort({ protocol: 'tcp', port: 80 });
    await this.unit.setStatus(new MaintenanceStatus(`try ${attempt}`));
    if (attempt === 2) throw new RangeError('two is too many');
  }

  async #onUpdateStatus(): Promise<void> {
    const caught: string[] = [];
    const relation = await this.model.relation('db');
    if (!relation) throw new Error('the test relates db');
    const attempts: readonly [string, () => PromiseLike<unknown>][] = [
      // What the types refuse is refused at run time too.
      ['foreign data', () => relation.data(relation.app as unknown as OwnUnit).set('key', 'value')],
      ['not a string', () => relation.data(this.unit).set('number', 1 as unknown as string)],
      ['status', () => this.unit.setStatus(new UnknownStatus())],
    ];
    for (const [name, attempt] of attempts) {
      try {
        await attempt();
      } catch (error) {
        if (error instanceof ModelError || error instanceof TypeError) caught.push(name);
      }
    }
    if (!(await this.model.relation('db', 77)).active) caught.push('inactive');
    try {
      await this.model.relations('nope');
    } catch {
      caught.push('endpoint');
    }
    await this.unit.setStatus(new ActiveStatus(caught.join(', ')));
  }
}

if (import.meta.main) await main(ErrorsCharm);
