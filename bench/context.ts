// Tests of charms: runs of one event each, against Scenario.

import { lessIsBetter, type Measurement } from './measurement.ts';
import { against, runNode } from './rates.ts';

const SCENARIO = { ours: 'context-run.ts', theirs: 'context_run.py', peerName: 'Scenario', unit: 'ms a run' };
const MIB = 1024 * 1024;

/** A charm with one handler and one relation. */
export function contextRun(): Promise<Measurement> {
  return against({ ...SCENARIO, name: 'context-run', kind: 'relation', budget: 20 });
}

/** A hundred relations of ten units each. */
export function contextLarge(): Promise<Measurement> {
  return against({ ...SCENARIO, name: 'context-large', kind: 'large', budget: 20 });
}

/** A container with a file, a plan and a service. */
export function contextContainer(): Promise<Measurement> {
  return against({ ...SCENARIO, name: 'context-container', kind: 'container', budget: 1 });
}

/** What ten thousand runs leave on the heap. */
export async function contextMemory(): Promise<Measurement> {
  const grown = Number(runNode('context-run.ts', ['--expose-gc'], 'relation', 'memory')) / MIB;
  const figures = { name: 'context-memory', unit: 'MiB left by 10,000 runs', ours: grown, peer: 4 };
  return lessIsBetter({ ...figures, peerName: 'limit', budget: 1 });
}
