// Runs of `Context` per second, for so many seconds. argv: seconds.

import { Context, Relation, State } from '@charmed/testing';
import { BenchCharm } from './charm.ts';

const seconds = Number(process.argv[2]);
const ctx = new Context(BenchCharm);
const relation = new Relation('db', { remoteAppData: { url: 'sql://db' } });
const state = new State({ leader: true, relations: [relation] });
const event = ctx.on.relationChanged(relation, { remoteUnit: 0 });
for (let round = 0; round < 10; round += 1) await ctx.run(event, state);
let count = 0;
const until = performance.now() + seconds * 1000;
for (; performance.now() < until; count += 1) await ctx.run(event, state);
console.log(count / seconds);
