// What `npm run bench -- NAME... [--json]` runs: each figure against its peer, both in one run.

import { parseArgs } from 'node:util';
import { check, checkHuge, types, typesHuge } from './declaring.ts';
import { deferred10k, deferred20k } from './deferred.ts';
import { dispatch20, dispatch20Go, dispatchFloor, dispatchMemory, dispatchNoop, hookCommand } from './dispatch.ts';
import { contextContainer, contextFirst, contextLarge, contextMemory, contextRun } from './context.ts';
import { harness, harnessMemory } from './harness.ts';
import type { Measurement } from './measurement.ts';
import { pebble1Gib, pebble4Mib, pebbleExec, pebbleFiles, pebblePush, pebbleReplan } from './pebble.ts';
import { bundleSize, charmSize, packCold, packWarm, sandboxDeploy, typeCheck } from './packing.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Measurement>>> = {
  'dispatch-noop': dispatchNoop,
  'dispatch-floor': dispatchFloor,
  'dispatch-memory': dispatchMemory,
  'hook-command': hookCommand,
  'dispatch-20': dispatch20,
  'dispatch-20-go': dispatch20Go,
  'deferred-10k': deferred10k,
  'deferred-20k': deferred20k,
  'pebble-1gib': pebble1Gib,
  'pebble-push': pebblePush,
  'pebble-4mib': pebble4Mib,
  'pebble-files': pebbleFiles,
  'pebble-replan': pebbleReplan,
  'pebble-exec': pebbleExec,
  'context-run': contextRun,
  'context-large': contextLarge,
  'context-container': contextContainer,
  'context-memory': contextMemory,
  'context-first': contextFirst,
  harness,
  'harness-memory': harnessMemory,
  types,
  'types-huge': typesHuge,
  check,
  'check-huge': checkHuge,
  'pack-cold': packCold,
  'pack-warm': packWarm,
  'charm-size': charmSize,
  'bundle-size': bundleSize,
  tsc: typeCheck,
  'sandbox-deploy': sandboxDeploy,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);

for (const name of names) {
  const run = BENCHMARKS[name];
  if (!run) throw new Error(`no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
  const result = await run();
  console.log(values.json ? JSON.stringify(result) : describe(result));
}

function describe({ name, unit, ours, peer, peerName, ratio, budget, ok }: Measurement): string {
  const figures = `${ours.toFixed(2)} ${unit}, ${peerName} ${peer.toFixed(2)} ${unit}`;
  return `${ok ? 'ok  ' : 'MISS'} ${name}: ${figures}, ratio ${ratio.toFixed(2)}, to reach ${budget}`;
}
