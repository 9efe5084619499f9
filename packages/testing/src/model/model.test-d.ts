// What the metadata of a charm allows of its application in a model.

import { CharmBase } from '@charmed/ops';
import { Container, Model } from '../index.ts';

const meta = {
  name: 'web',
  config: { options: { port: { type: 'int', default: 8080 }, title: { type: 'string' } } },
  actions: { backup: { params: { level: { type: 'integer' } } }, restore: {} },
} as const;

const podMeta = { name: 'pod', containers: { app: {} } } as const;

class WebCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
}

class UntypedCharm extends CharmBase {}

const model = new Model();
const web = model.deploy(WebCharm, { config: { port: 80 } });
web satisfies string;
// @ts-expect-error: the port is a number
model.deploy(WebCharm, { config: { port: 'http' } });

model.config(web, { port: 81, title: null });
// @ts-expect-error: the port is a number
model.config(web, { port: 'http' });
// @ts-expect-error: no such option
model.config(web, { debug: true });

class PodCharm extends CharmBase<typeof podMeta> {
  static readonly meta: typeof podMeta = podMeta;
}
model.deploy(PodCharm, { containers: [new Container('app')] });
// @ts-expect-error: no such container
model.deploy(PodCharm, { containers: [new Container('side')] });

const [unit] = model.application(web).units;
if (unit !== undefined) {
  await model.runAction(unit, 'backup', { level: 1 });
  await model.runAction(unit, 'restore');
  // @ts-expect-error: the level is a number
  await model.runAction(unit, 'backup', { level: 'all' });
  // @ts-expect-error: no such action
  await model.runAction(unit, 'greet');
}

// Nothing is known of the charm behind a plain text.
model.config('web', { anything: 1 });
await model.runAction('web/0', 'anything', { any: 1 });
await model.runAction(`${web}/1`, 'anything');
const untyped = model.deploy(UntypedCharm);
model.config(untyped, { anything: 'x' });
model.scale(web, 2);
model.integrate(web, untyped);
