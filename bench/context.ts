// Tests of charms: runs of one event each, against Scenario.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages, userProject } from '../conformance/runners/user-project.ts';
import { inTurn, lessIsBetter, type Measurement } from './measurement.ts';
import { pythonWithOps } from './peers.ts';
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

/** From the start of a test file, with our packages as they are published, to the line of its first result. */
export async function contextFirst(): Promise<Measurement> {
  const { python, version } = pythonWithOps();
  const workspace = await buildPackages();
  const project = userProject(workspace, undefined, {
    'charm.ts': readFileSync(program('charm.ts'), 'utf8'),
    'first.test.ts': readFileSync(program('first-result.ts'), 'utf8'),
  });
  const times = await inTurn(
    ROUNDS,
    () => untilResult(process.execPath, [join(project, 'first.test.ts')]),
    () => untilResult(python, [program('first_result.py')]),
  );
  rmSync(workspace, { recursive: true });
  const figures = { name: 'context-first', unit: 'ms', ...times, peerName: 'Scenario, unittest', budget: 0.4 };
  return lessIsBetter(figures, { ops: version });
}

const ROUNDS = 15;

async function untilResult(command: string, args: readonly string[]): Promise<void> {
  const run = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(run, 'close');
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      printed += chunk.toString();
      if (/^(✔|ok |not ok |✖)|\.\.\. (ok|FAIL|ERROR)$/m.test(printed)) resolve();
    };
    run.stdout.on('data', look);
    run.stderr.on('data', look);
    void ended.then(() => reject(new Error(`no result from ${command}\n${printed}`)));
  });
  run.kill();
  await ended;
}

function program(name: string): string {
  return join(import.meta.dirname, 'testing', name);
}
