// Our Pebble client against that of Python ops, both on the real Pebble.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SOURCE_CONDITION } from '../tools/checks/workspace.ts';
import { rolldown } from 'rolldown';
import { lessIsBetter, median, type Measurement } from './measurement.ts';
import { pythonWithOps, realPebble } from './peers.ts';

const run = promisify(execFile);
const MEMORY_LIMIT_MIB = 120;

interface Outcome {
  readonly ms: number;
  /** In MiB. */
  readonly peak: number;
}

interface Work {
  readonly name: string;
  readonly work: string;
  readonly budget: number;
  readonly rounds: number;
}

/** 1 GiB pushed and pulled, with a limit on memory. */
export const pebble1Gib = (): Promise<Measurement> =>
  measure({ name: 'pebble-1gib', work: '1gib', budget: 1.2, rounds: 1 });

/** 1,000 small files pushed. */
export const pebbleFiles = (): Promise<Measurement> =>
  measure({ name: 'pebble-files', work: 'files', budget: 0.8, rounds: 3 });

/** 200 times `replan` of what has not changed. */
export const pebbleReplan = (): Promise<Measurement> =>
  measure({ name: 'pebble-replan', work: 'replan', budget: 0.8, rounds: 3 });

/** 100 commands with their output. */
export const pebbleExec = (): Promise<Measurement> =>
  measure({ name: 'pebble-exec', work: 'exec', budget: 1, rounds: 3 });

async function measure({ name, work, budget, rounds }: Work): Promise<Measurement> {
  const { python, version } = pythonWithOps();
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  mkdirSync(join(directory, 'layers'));
  const socket = join(directory, 'socket');
  const env = { PATH: process.env['PATH'], PEBBLE: directory, PEBBLE_SOCKET: socket };
  const pebble = spawn(realPebble(), ['run'], { env, stdio: 'ignore' });
  const bundled = await bundle(directory);
  const script = join(import.meta.dirname, 'pebble/work.py');
  const ours: Outcome[] = [];
  const theirs: Outcome[] = [];
  try {
    while (!existsSync(socket)) await delay(10);
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await outcomeOf(process.execPath, [bundled, socket, directory, work]));
      theirs.push(await outcomeOf(python, [script, socket, directory, work]));
    }
  } finally {
    pebble.kill();
    await once(pebble, 'exit');
    rmSync(directory, { recursive: true, force: true });
  }
  const [mine, peer] = [ours, theirs].map((outcomes) => median(outcomes.map(({ ms }) => ms)));
  const figures = { name, unit: 'ms', peerName: 'Python ops', budget, ours: mine ?? 0, peer: peer ?? 0 };
  const peaks = [ours, theirs].map((outcomes) => Math.max(...outcomes.map(({ peak }) => peak)).toFixed(0));
  const measurement = lessIsBetter(figures, {
    ops: version,
    pebble: 'v1.32.1',
    'peak MiB, ours and theirs': peaks.join(),
  });
  return { ...measurement, ok: measurement.ok && Number(peaks[0]) < MEMORY_LIMIT_MIB };
}

// As a charm is packed: stripping types takes memory of its own.
async function bundle(directory: string): Promise<string> {
  const file = join(directory, 'work.mjs');
  const build = await rolldown({
    input: join(import.meta.dirname, 'pebble/work.ts'),
    platform: 'node',
    resolve: { conditionNames: [SOURCE_CONDITION, 'node', 'import'] },
  });
  await build.write({ file, format: 'esm', codeSplitting: false });
  return file;
}

async function outcomeOf(program: string, args: readonly string[]): Promise<Outcome> {
  const { stdout } = await run(program, args);
  return JSON.parse(stdout) as Outcome;
}
