// Tests of charms: runs of one event each, against Scenario.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { lessIsBetter, median, type Measurement } from './measurement.ts';
import { pythonWithOps } from './peers.ts';

const ROUNDS = 5;
const SECONDS = '2';
const MIB = 1024 * 1024;

/** A charm with one handler and one relation. */
export function contextRun(): Promise<Measurement> {
  return against('context-run', 'relation', 20);
}

/** A hundred relations of ten units each. */
export function contextLarge(): Promise<Measurement> {
  return against('context-large', 'large', 20);
}

/** A container with a file, a plan and a service. */
export function contextContainer(): Promise<Measurement> {
  return against('context-container', 'container', 1);
}

/** What ten thousand runs leave on the heap. */
export async function contextMemory(): Promise<Measurement> {
  const grown = Number(node(['--expose-gc'], 'relation', 'memory')) / MIB;
  const figures = { name: 'context-memory', unit: 'MiB left by 10,000 runs', ours: grown, peer: 4 };
  return lessIsBetter({ ...figures, peerName: 'limit', budget: 1 });
}

async function against(name: string, kind: string, budget: number): Promise<Measurement> {
  const { python, version } = pythonWithOps();
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(Number(node([], kind, SECONDS)));
    theirs.push(Number(execFileSync(python, [program('context_run.py'), kind, SECONDS], { encoding: 'utf8' })));
  }
  const milliseconds = (runs: readonly number[]) => 1000 / median(runs);
  const figures = { ours: milliseconds(ours), peer: milliseconds(theirs), peerName: 'Scenario' };
  return lessIsBetter({ name, unit: 'ms a run', ...figures, budget }, { ops: version });
}

function node(flags: readonly string[], ...args: readonly string[]): string {
  const command = [`--conditions=${SOURCE_CONDITION}`, ...flags, program('context-run.ts'), ...args];
  return execFileSync(process.execPath, command, { encoding: 'utf8' });
}

function program(name: string): string {
  return join(import.meta.dirname, 'testing', name);
}
