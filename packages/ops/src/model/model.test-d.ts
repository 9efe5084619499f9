// What the model of a charm with metadata offers.

import { CharmBase } from '../charm/charm-base.ts';
import type { ActionEvent } from '../events/action.ts';
import type { Operation } from '../operations/operation.ts';
import type { Secret } from './secret.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { Storage } from './storage.ts';

const meta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  storage: { data: { type: 'filesystem' } },
  resources: { image: { type: 'oci-image' } },
  'extra-bindings': { admin: null },
  config: {
    options: {
      port: { type: 'int', default: 80 },
      ratio: { type: 'float' },
      debug: { type: 'boolean', default: false },
      title: { type: 'string' },
      password: { type: 'secret' },
    },
  },
  actions: { backup: {} },
} as const;

declare const schema: StandardSchema<{ readonly port: number }>;

export class WebCharm extends CharmBase<typeof meta> {
  async configuration(): Promise<void> {
    const config = await this.config();
    config.port satisfies number;
    config.ratio satisfies number | undefined;
    config.debug satisfies boolean;
    config.title satisfies string | undefined;
    config.password satisfies Secret | undefined;
    // @ts-expect-error: it may not be set
    config.title satisfies string;
    // @ts-expect-error: it is no string, lest it is taken for the password itself
    config.password satisfies string | undefined;
    // @ts-expect-error: no such option
    void config.colour;
    // @ts-expect-error: only the operator sets options
    config.port = 81;
    (await this.loadConfig(schema)).port satisfies number;
    (await this.loadConfig(schema, { errors: 'blocked' })).port satisfies number;
    // @ts-expect-error: an action can fail, configuration blocks
    await this.loadConfig(schema, { errors: 'fail' });
  }

  async nouns(): Promise<void> {
    (await this.model.storages('data')) satisfies readonly Storage[];
    await this.model.requestStorages('data', 2);
    // @ts-expect-error: no such storage
    await this.model.storages('logs');
    // @ts-expect-error: no such storage
    await this.model.requestStorages('logs');
    (await this.model.fetchResource('image')) satisfies string;
    // @ts-expect-error: no such resource
    await this.model.fetchResource('binary');
    await this.model.binding('admin');
    await this.model.binding('juju-info');
    await this.model.binding(await this.model.relation('db', 7));
    // @ts-expect-error: neither an endpoint nor an extra binding
    await this.model.binding('data');
    // @ts-expect-error: there may be no relation
    await this.model.binding(await this.model.relation('db'));
    (await this.app.plannedUnits()) satisfies number;
    void (this.unit.reboot({ now: true }) satisfies Operation<void>);
    // @ts-expect-error: the machine is where it is
    this.unit.machineId = '1';
    (await this.unit.openedPorts()).at(0)?.protocol satisfies 'tcp' | 'udp' | 'icmp' | undefined;
    // @ts-expect-error: Juju knows no such protocol
    await this.unit.openPort({ protocol: 'sctp', port: 80 });
  }

  async secrets(): Promise<void> {
    const secret = await this.unit.addSecret({ password: 'x' }, { rotate: 'daily', expire: new Date(0) });
    secret.id satisfies string;
    // @ts-expect-error: one that was found by its label need not have told its id
    (await this.model.secret({ label: 'x' })).id satisfies string;
    await this.app.addSecret({ password: 'x' }, { expire: '24h' });
    // @ts-expect-error: no such policy
    await this.unit.addSecret({ password: 'x' }, { rotate: 'sometimes' });
    // @ts-expect-error: content is text
    await this.unit.addSecret({ password: 7 });
    // @ts-expect-error: a number of what?
    await this.unit.addSecret({ password: 'x' }, { expire: 24 });
    const content = await secret.getContent({ refresh: true });
    // @ts-expect-error: there may be no such key
    content['password'] satisfies string;
    // @ts-expect-error: it is changed by setContent
    content['password'] = 'y';
    // @ts-expect-error: content is had by asking
    void secret.content;
    const relation = await this.model.relation('db', 7);
    await secret.grant(relation, { unit: this.unit });
    // @ts-expect-error: a grant is for a relation
    await secret.grant(relation.app);
    // @ts-expect-error: Unit, not its name
    await secret.revoke(relation, { unit: 'sql/0' });
    // @ts-expect-error: a secret is found by its id or label
    await this.model.secret('secret:x');
    (await relation.remoteModel()).uuid satisfies string;
  }

  async action(event: ActionEvent<typeof meta, 'backup'>): Promise<void> {
    (await event.loadParams(schema, { errors: 'fail' })).port satisfies number;
    await event.setResults({ size: 3, done: true, to: { host: 'a' } });
    // @ts-expect-error: a list has no keys to send it under
    await event.setResults({ files: ['a'] });
    // @ts-expect-error: nor is undefined a result
    await event.setResults({ file: undefined });
  }
}

export async function untyped(charm: CharmBase): Promise<void> {
  const { anything } = await charm.config();
  anything satisfies string | number | boolean | Secret | undefined;
  await charm.model.storages('anything');
  await charm.model.fetchResource('anything');
}
