import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, CharmBase } from '@charmed/ops';
import {
  Address,
  BindAddress,
  CheckInfo,
  CloudCredential,
  CloudSpec,
  Container,
  DeferredEvent,
  Exec,
  ModelInfo,
  Mount,
  Network,
  Notice,
  PeerRelation,
  Relation,
  Resource,
  Secret,
  State,
  StateValidationError,
  Storage,
  StoredState,
  SubordinateRelation,
} from '../src/index.ts';

const PARTS = [
  new Address('10.0.0.1'),
  new BindAddress([]),
  new CheckInfo('up'),
  new CloudCredential({ authType: 'certificate' }),
  new CloudSpec('lxd'),
  new Container('web'),
  new DeferredEvent('start', { handler: '#onStart' }),
  new Exec(['ls']),
  new ModelInfo(),
  new Mount({ location: '/a', source: '/b' }),
  new Network('db'),
  new Notice('example.com/a'),
  new PeerRelation('peers'),
  new Relation('db'),
  new Resource('page', { path: '/page' }),
  new Secret({ 'a-key': 'b' }),
  new State(),
  new Storage('data'),
  new StoredState(),
  new SubordinateRelation('logs'),
] as const;

for (const part of PARTS) {
  const { name } = part.constructor;
  test(`a ${name} is frozen, and equal to what is made of it without a change`, () => {
    const same = part.with({});
    assert(same.equals(part));
    assert.deepEqual(same, part);
    assert.equal(same.constructor, part.constructor);
    for (const field of [...Object.keys(part), 'other']) {
      assert.throws(() => Object.assign(part, { [field]: 'changed' }), TypeError, field);
    }
  });
}

test('a state is as it was made, whatever becomes of what it was made from', () => {
  const service = { override: 'replace', command: 'serve' } as const;
  const layers = Object.freeze({ base: { services: { web: { ...service } } } });
  const bytes = new Uint8Array([255]);
  const expire = new Date(0);
  const config = { tags: 'a' };
  const container = new Container('web', { layers, files: { '/a': bytes } });
  const secret = new Secret({ 'a-key': 'b' }, { expire });
  const state = new State({ config, containers: [container], secrets: [secret], unitStatus: new ActiveStatus('up') });
  config.tags = 'b';
  layers.base.services.web = { ...service, command: 'other' } as never;
  bytes[0] = 0;
  expire.setTime(1);
  assert.deepEqual(state.config, { tags: 'a' });
  assert.equal(container.layers['base']?.services?.['web']?.command, 'serve');
  assert.deepEqual(container.files['/a'], new Uint8Array([255]));
  assert.equal(secret.expire?.getTime(), 0);
  assert.throws(() => Object.assign(state.unitStatus, { message: 'down' }), TypeError);
  assert.throws(() => Object.assign(state.relations, [new Relation('db')]), TypeError);
});

test('what has not changed is not copied', () => {
  const container = new Container('web', { files: { '/a': new Uint8Array(8) } });
  assert.equal(container.with({ canConnect: true }).files['/a'], container.files['/a']);
});

test('no state is derived from a charm that does not carry its metadata', () => {
  class BareCharm extends CharmBase {}
  assert.throws(() => State.from(BareCharm), StateValidationError);
});
