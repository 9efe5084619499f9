import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrateCharmcraftYaml } from './charmcraft-yaml.ts';

const KEPT = `# The charm.
name:   web
config:
  options:
    mode: {type: string, default: 0777} # as it is
    factor: {type: float, default: 1.50}
    text:
      default: >-
        folded
        text
`;
const NEW_PARTS = `parts:
  charm:
    plugin: dump
    source: dist/$CRAFT_ARCH_BUILD_FOR
`;

test('what stays has the same letters, comments before a section that goes included', () => {
  const source = `${KEPT}# How it is built.\nparts:\n  charm:\n    plugin: charm # by Python\n\n# What it needs.\nrequires:\n- db\n`;
  const { text, changed } = migrateCharmcraftYaml(source);
  assert.equal(text, `${KEPT}# How it is built.\n\n# What it needs.\nrequires:\n- db\n${NEW_PARTS}`);
  assert.deepEqual(changed, ['parts']);
});

test('one entry of bases becomes a base and platforms, and libraries are told of', () => {
  const bases =
    'bases:\n  - build-on: [{name: ubuntu, channel: "20.04"}]\n    run-on:\n      - {name: ubuntu, channel: "22.04", architectures: [amd64, arm64]}\n';
  const { text, changed, libraries } = migrateCharmcraftYaml(
    `${bases}charm-libs:\n  - lib: a.b\n    version: "0"\n${KEPT}`,
  );
  assert.equal(text, `${KEPT}base: ubuntu@22.04\nplatforms:\n  amd64:\n  arm64:\n${NEW_PARTS}`);
  assert.deepEqual([changed, libraries], [['charm-libs', 'bases'], ['a.b']]);
});

test('several entries of bases are left out, for check to ask for platforms', () => {
  const { text } = migrateCharmcraftYaml(
    `bases: [{name: ubuntu, channel: "20.04"}, {name: ubuntu, channel: "22.04"}]\n${KEPT}`,
  );
  assert.equal(text, `${KEPT}${NEW_PARTS}`);
});

test('a text whose last line has no end, and what is no block mapping', () => {
  assert.equal(migrateCharmcraftYaml('name: web').text, `name: web\n${NEW_PARTS}`);
  assert.equal(migrateCharmcraftYaml('').text, '');
  assert.equal(migrateCharmcraftYaml('a: [').text, 'a: [');
  assert.equal(migrateCharmcraftYaml('{name: web, parts: {}}').text, '{name: web, parts: {}}');
});
