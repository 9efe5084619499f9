// Ports as Juju writes them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { portFrom, portText, type Port } from './port-text.ts';

const number = fc.integer({ min: 1, max: 65_535 });
const protocol = fc.constantFrom('tcp', 'udp');
const ports: fc.Arbitrary<Port> = fc.oneof(
  fc.constant({ protocol: 'icmp' as const }),
  fc.tuple(protocol, number).map(([name, port]) => ({ protocol: name, port })),
  fc.tuple(protocol, number, fc.nat(100)).map(([name, port, more]) => ({
    protocol: name,
    port,
    toPort: Math.min(port + more, 65_535),
  })),
);

test('a port survives being written and read', () => {
  fc.assert(fc.property(ports, (port) => assert.deepEqual(portFrom(portText(port)), port)));
});

test('ports are written as Juju writes them', () => {
  assert.equal(portText({ protocol: 'tcp', port: 80 }), '80/tcp');
  assert.equal(portText({ protocol: 'udp', port: 100, toPort: 200 }), '100-200/udp');
  assert.equal(portText({ protocol: 'icmp' }), 'icmp');
});

test('a port without protocol is a TCP port', () => {
  assert.deepEqual(portFrom('80'), { protocol: 'tcp', port: 80 });
  assert.deepEqual(portFrom('80-90'), { protocol: 'tcp', port: 80, toPort: 90 });
});

test('what is no port is refused', () => {
  const wrong: readonly Port[] = [
    { protocol: 'tcp' },
    { protocol: 'tcp', port: 0 },
    { protocol: 'tcp', port: 65_536 },
    { protocol: 'udp', port: 1.5 },
    { protocol: 'udp', port: Number.NaN },
    { protocol: 'icmp', port: 1 },
    { protocol: 'tcp', port: 200, toPort: 100 },
    { protocol: 'tcp', port: 1, toPort: 70_000 },
  ];
  for (const port of wrong) assert.throws(() => portText(port), { code: 'bad-port' }, JSON.stringify(port));
  for (const text of ['', '80/', '80/sctp', 'tcp/80', '-1/tcp', 'x/tcp', '1-2-3/tcp']) {
    assert.throws(() => portFrom(text), { code: 'bad-port' }, text);
  }
});
