// Whoever knows Python ops finds every name of it here, or is told why not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiKeys, missingTargets, readApiMap } from './api-map.ts';

const map = readApiMap();

test('every public name of Python ops and its members have their place in the map, and nothing else does', () => {
  assert.deepEqual(new Set(Object.keys(map)), new Set(apiKeys()));
});

test('what has no counterpart has a reason', () => {
  for (const [key, target] of Object.entries(map)) {
    if (typeof target !== 'string') assert.match(target.absent, /\w+ \w+/, key);
  }
});

test('every counterpart exists', async () => {
  const wrong = [
    '@charmed/ops#Nothing',
    '@charmed/ops#Relation.nothing',
    '@charmed/ops#JujuContext.nothing',
    '@charmed/ops/nothing#Relation',
    '@charmed/ops/hookcmds#Relation',
    '@charmed/ops/hookcmds#relationGet.nothing',
  ];
  const targets = Object.values(map).filter((target) => typeof target === 'string');
  assert.deepEqual(new Set(await missingTargets([...targets, ...wrong])), new Set(wrong));
});
