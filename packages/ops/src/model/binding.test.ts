// Networks, as ops presents them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHandler } from '../../test/in-handler.ts';

const meta = { name: 'web', requires: { db: { interface: 'sql' } }, 'extra-bindings': { admin: null } };

test('an endpoint has an interface for each address, and the first addresses at hand', async () => {
  const network = {
    'bind-addresses': [
      { 'interface-name': 'eth0', addresses: [{ value: '10.1.0.2', cidr: '10.1.0.0/24' }, { value: 'fd00::2' }] },
      { 'interface-name': 'eth1', addresses: null },
      { 'interface-name': 'eth2', addresses: [{ value: 'web.local' }, { value: '', cidr: '' }, { value: '10.2.0.2' }] },
    ],
    'ingress-addresses': ['192.0.2.7', 'web.example'],
    'egress-subnets': ['192.0.2.0/24'],
  };
  const { runner } = await inHandler(
    async ({ model }) => {
      const binding = await model.binding('db');
      assert.deepEqual(binding, {
        name: 'db',
        bindAddress: '10.1.0.2',
        ingressAddress: '192.0.2.7',
        interfaces: [
          { name: 'eth0', address: '10.1.0.2', subnet: '10.1.0.0/24' },
          { name: 'eth0', address: 'fd00::2', subnet: 'fd00::2/128' },
          { name: 'eth2', address: 'web.local', subnet: undefined },
          { name: 'eth2', address: undefined, subnet: undefined },
          { name: 'eth2', address: '10.2.0.2', subnet: '10.2.0.2/32' },
        ],
        ingressAddresses: ['192.0.2.7', 'web.example'],
        egressSubnets: ['192.0.2.0/24'],
      });
      assert.equal(await model.binding('db'), binding);
      assert.equal((await model.binding('admin')).name, 'admin');
    },
    { meta, answers: { 'network-get': JSON.stringify(network) } },
  );
  assert.deepEqual(runner.lines, ['network-get --format=json db', 'network-get --format=json admin']);
});

test('a unit that has no address yet has none', async () => {
  const answers = { 'network-get': '{"bind-addresses":[{"mac-address":"","interface-name":"lo","addresses":[]}]}' };
  await inHandler(
    async ({ model }) => {
      const { bindAddress, ingressAddress, interfaces } = await model.binding('db');
      assert.deepEqual([bindAddress, ingressAddress, interfaces], [undefined, undefined, []]);
    },
    { meta, answers },
  );
});

test('a relation has a network of its own, and that of its endpoint when it is gone', async () => {
  const addresses = (value: string) => `{"bind-addresses":[{"addresses":[{"value":"${value}"}]}]}`;
  const { runner } = await inHandler(
    async ({ model }) => {
      const addressOf = async (id: number) => (await model.binding(await model.relation('db', id))).bindAddress;
      assert.deepEqual([await addressOf(7), await addressOf(8)], ['10.0.0.7', '10.0.0.1']);
    },
    {
      meta,
      answers: {
        'relation-list': '["sql/0"]',
        'network-get --format=json -r 7 db': addresses('10.0.0.7'),
        'network-get --format=json -r 8 db': { code: 1, stderr: 'ERROR relation 8 not found' },
        'network-get --format=json db': addresses('10.0.0.1'),
      },
    },
  );
  assert.equal(runner.lines.filter((line) => line.startsWith('network-get')).length, 3);
});
