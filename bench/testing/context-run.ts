// Runs of `Context` per second, or with `memory` how many bytes of the heap 10,000 of them leave behind.
// argv: relation|large|container, seconds or memory.

import { Container, Context, Relation, State } from '@charmed/testing';
import { ContainerCharm, RelationCharm } from './charm.ts';

const RUNS = 10_000;
const [kind = '', measure = ''] = process.argv.slice(2);
const run = runOf(kind);

// What a test file's first runs cost is not what is measured here.
for (let round = 0; round < 1000; round += 1) await run();
console.log(measure === 'memory' ? await heapGrowth() : await runsPerSecond(Number(measure)));

function runOf(what: string): () => Promise<unknown> {
  if (what === 'container') {
    const ctx = new Context(ContainerCharm);
    const web = new Container('web', { canConnect: true, files: { '/etc/base.conf': 'port=80' } });
    const state = new State({ containers: [web] });
    return () => ctx.run(ctx.on.pebbleReady(web), state);
  }
  const ctx = new Context(RelationCharm);
  const units = what === 'large' ? 10 : 1;
  const remoteUnitsData = Object.fromEntries(
    Array.from({ length: units }, (_, unit) => [unit, { address: '10.0.0.1' }]),
  );
  const relations = Array.from(
    { length: what === 'large' ? 100 : 1 },
    () => new Relation('db', { remoteAppData: { url: 'sql://db' }, remoteUnitsData }),
  );
  const [relation] = relations;
  if (!relation) throw new Error('there is a relation');
  const state = new State({ leader: true, relations });
  return () => ctx.run(ctx.on.relationChanged(relation, { remoteUnit: 0 }), state);
}

async function runsPerSecond(seconds: number): Promise<number> {
  let count = 0;
  const until = performance.now() + seconds * 1000;
  for (; performance.now() < until; count += 1) await run();
  return count / seconds;
}

async function heapGrowth(): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < RUNS; round += 1) await run();
  globalThis.gc?.();
  return Math.max(1, process.memoryUsage().heapUsed - before);
}
