// Tests of charms with `Harness`, against Python's.

import { lessIsBetter, type Measurement } from './measurement.ts';
import { against, runNode } from './rates.ts';

const MIB = 1024 * 1024;

/** The sample of the documentation: a relation, a unit of it, and its data. */
export function harness(): Promise<Measurement> {
  const programs = { ours: 'harness-run.ts', theirs: 'harness_run.py', peerName: "Python's Harness" };
  return against({ ...programs, name: 'harness', unit: 'ms a sequence', kind: 'relation', budget: 15 });
}

/** What ten thousand of them leave on the heap. */
export async function harnessMemory(): Promise<Measurement> {
  const grown = Number(runNode('harness-run.ts', ['--expose-gc'], 'relation', 'memory')) / MIB;
  const figures = { name: 'harness-memory', unit: 'MiB left by 10,000 harnesses', ours: grown, peer: 4 };
  return lessIsBetter({ ...figures, peerName: 'limit', budget: 1 });
}
