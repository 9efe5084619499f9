// Tests of charms: runs of one event each.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { median, type Measurement, lessIsBetter } from './measurement.ts';
import { pythonWithOps } from './peers.ts';

const ROUNDS = 5;
const SECONDS = '2';

/** `Context.run` of a charm with one handler and one relation, against Scenario's; runs per second. */
export async function contextRun(): Promise<Measurement> {
  const { python, version } = pythonWithOps();
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(perSecond(process.execPath, [`--conditions=${SOURCE_CONDITION}`, program('context-run.ts')]));
    theirs.push(perSecond(python, [program('context_run.py')]));
  }
  const milliseconds = (runs: readonly number[]) => 1000 / median(runs);
  return lessIsBetter(
    {
      name: 'context-run',
      unit: 'ms a run',
      ours: milliseconds(ours),
      peer: milliseconds(theirs),
      peerName: 'Scenario',
      budget: 20,
    },
    { ops: version },
  );
}

function program(name: string): string {
  return join(import.meta.dirname, 'testing', name);
}

function perSecond(command: string, args: readonly string[]): number {
  return Number(execFileSync(command, [...args, SECONDS], { encoding: 'utf8' }));
}
