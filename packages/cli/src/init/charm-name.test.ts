import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classNameOf, nameOfFolder, reasonAgainst, titleOf } from './charm-name.ts';

test('a name that Juju takes, and not', () => {
  for (const name of ['web', 'web-k8s', 'a1', 'p2p-node', 'my-juju'])
    assert.equal(reasonAgainst(name), undefined, name);
  for (const name of ['', 'Web', 'web_1', 'web-1', '1web', '-web', 'web-', 'we b', 'web/x', 'wéb', 'x'.repeat(129)]) {
    assert.match(reasonAgainst(name) ?? '', /^it must be lower-case letters and digits in words joined by "-"/, name);
  }
  for (const name of ['juju', 'juju-web']) assert.match(reasonAgainst(name) ?? '', /Juju keeps/, name);
  for (const name of ['on', 'null', 'true']) assert.match(reasonAgainst(name) ?? '', /in YAML/, name);
});

test('a folder gives its name to the charm', () => {
  assert.equal(nameOfFolder('/srv/charms/My Charm!'), 'my-charm');
  assert.equal(nameOfFolder('web-k8s/'), 'web-k8s');
  assert.equal(nameOfFolder('/'), '');
});

test('the class and the title are called after the charm', () => {
  assert.deepEqual([classNameOf('web-k8s'), titleOf('web-k8s')], ['WebK8sCharm', 'Web K8s']);
  assert.deepEqual([classNameOf('my-charm'), titleOf('my-charm')], ['MyCharm', 'My Charm']);
  assert.deepEqual([classNameOf('charm'), titleOf('charm')], ['Charm', 'Charm']);
});

const names = fc.string({ unit: fc.constantFrom('a', 'b', 'z', '0', '1', '9', '-'), minLength: 1 });

test('whatever name is taken makes an identifier', () => {
  fc.assert(
    fc.property(names, (name) => {
      fc.pre(reasonAgainst(name) === undefined);
      assert.match(classNameOf(name), /^[A-Z][A-Za-z0-9]*Charm$|^Charm$/);
    }),
  );
});
