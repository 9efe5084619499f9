import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portsText } from './ports-text.ts';

test('ports are listed by protocol, neighbours as a range', () => {
  const expected: readonly (readonly [string[], string])[] = [
    [[], ''],
    [['80/tcp'], '80/tcp'],
    [['443/tcp', '80/tcp'], '80,443/tcp'],
    [['9/tcp', '10/tcp', '11/tcp', '13/tcp'], '9-11,13/tcp'],
    [['8000-8010/tcp', '53/udp', '80/tcp', 'icmp'], '80,8000-8010/tcp 53/udp icmp'],
    [['8000-8010/tcp', '8011/tcp'], '8000-8011/tcp'],
  ];
  for (const [ports, text] of expected) assert.equal(portsText(ports), text);
});
