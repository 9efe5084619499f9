// Sequences of `Harness` per second, or with `memory` how many bytes of the heap 10,000 of them leave behind. argv: relation, seconds or memory.

import assert from 'node:assert/strict';
import { Harness } from '@charmed/testing';
import { HarnessCharm } from './harness-charm.ts';

const COUNT = 10_000;

async function sequence(): Promise<void> {
  const harness = new Harness(HarnessCharm);
  const id = await harness.addRelation('db', 'postgresql');
  await harness.begin();
  await harness.addRelationUnit(id, 'postgresql/0');
  await harness.updateRelationData(id, 'postgresql/0', { key: 'val' });
  assert.equal(harness.charm.seen, 'val');
  harness.cleanup();
}

async function heapAfter(count: number): Promise<number> {
  for (let done = 0; done < count; done += 1) await sequence();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const [, , , until = '2'] = process.argv;
if (until === 'memory') {
  const before = await heapAfter(1000);
  console.log((await heapAfter(COUNT)) - before);
} else {
  for (let done = 0; done < 20; done += 1) await sequence();
  const end = performance.now() + Number(until) * 1000;
  let count = 0;
  for (; performance.now() < end; count += 1) await sequence();
  console.log(count / Number(until));
}
