// Juju's versions: what is one, and which comes first.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { JujuVersion } from './version.ts';

const versions = fc
  .record({
    major: fc.nat(999),
    minor: fc.nat(99),
    tag: fc.constantFrom('', 'alpha', 'beta', 'rc'),
    patch: fc.nat(99),
    build: fc.nat(9),
  })
  .map(({ major, minor, tag, patch, build }) =>
    JujuVersion.parse(`${major}.${minor}${tag ? `-${tag}` : '.'}${patch}${build ? `.${build}` : ''}`),
  );

test('a version survives being written and read', () => {
  fc.assert(
    fc.property(versions, (version) => {
      assert.deepEqual(JujuVersion.parse(version.toString()), version);
      assert.equal(version.compare(version.toString()), 0);
    }),
  );
});

test('versions have a total order', () => {
  fc.assert(
    fc.property(versions, versions, versions, (a, b, c) => {
      assert.equal(Math.sign(a.compare(b)), -Math.sign(b.compare(a)) + 0);
      if (a.compare(b) === 0) assert.equal(a.toString(), b.toString());
      if (a.compare(b) <= 0 && b.compare(c) <= 0) assert.ok(a.compare(c) <= 0);
      assert.equal(a.isAtLeast(b), a.compare(b) >= 0);
    }),
  );
});

test('versions come in the order of their releases', () => {
  const ordered = [
    '2.9.49',
    '3.0-alpha1',
    '3.0-beta1',
    '3.0-beta2',
    '3.0-rc1',
    '3.0.0',
    '3.0.0.1',
    '3.0.2',
    '3.6',
    '3.10.0',
    '4.0-beta3',
  ];
  const sorted = ordered
    .toReversed()
    .map(JujuVersion.parse)
    .toSorted((a, b) => a.compare(b));
  assert.deepEqual(
    sorted,
    ordered.map((text) => JujuVersion.parse(text)),
  );
});

test('what Juju would not print is refused', () => {
  const wrong = [
    '',
    '3',
    '3.',
    'x.y',
    '3.6.1.2.3',
    '3.6-beta',
    '3.6-1',
    '-1.2',
    ' 3.6.1',
    '3.6.1\n',
    '3.6-RC1',
    '1234567890.1',
  ];
  for (const text of wrong) {
    assert.throws(() => JujuVersion.parse(text), { code: 'bad-juju-version' }, JSON.stringify(text));
  }
});

test('reading never fails in another way', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        JujuVersion.parse(text);
      } catch (error) {
        assert.ok(error instanceof Error && 'code' in error && error.code === 'bad-juju-version');
      }
    }),
  );
});
