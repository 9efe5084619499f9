// How often something is done in a second, here and in Python, by programs in `testing/`.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { lessIsBetter, median, type Measurement } from './measurement.ts';
import { pythonWithOps } from './peers.ts';

const ROUNDS = 5;
const SECONDS = '2';

export interface Contest {
  readonly name: string;
  readonly unit: string;
  /** Our program, which prints its rate. */
  readonly ours: string;
  readonly theirs: string;
  readonly peerName: string;
  /** The first argument of both. */
  readonly kind: string;
  readonly budget: number;
}

export async function against({ ours, theirs, kind, ...figures }: Contest): Promise<Measurement> {
  const { python, version } = pythonWithOps();
  const rates: { readonly ours: number[]; readonly theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(Number(runNode(ours, [], kind, SECONDS)));
    rates.theirs.push(Number(execFileSync(python, [program(theirs), kind, SECONDS], { encoding: 'utf8' })));
  }
  const milliseconds = (perSecond: readonly number[]) => 1000 / median(perSecond);
  return lessIsBetter(
    { ...figures, ours: milliseconds(rates.ours), peer: milliseconds(rates.theirs) },
    { ops: version },
  );
}

export function runNode(name: string, flags: readonly string[], ...args: readonly string[]): string {
  const command = [`--conditions=${SOURCE_CONDITION}`, ...flags, program(name), ...args];
  return execFileSync(process.execPath, command, { encoding: 'utf8' });
}

function program(name: string): string {
  return join(import.meta.dirname, 'testing', name);
}
