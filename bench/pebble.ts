// Our Pebble client against that of Python ops, both on the real Pebble: a new one for each run, since a Pebble slows down with the
// changes that it keeps. It keeps them in memory, and small files too, else the time is that of the disk: each file and each step of a change
// is synced to it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundle, BUNDLE_ENTRY } from '../packages/cli/src/pack/bundle.ts';
import { lessIsBetter, median, type Measurement } from './measurement.ts';
import { pythonWithOps, realPebble } from './peers.ts';

const MEMORY_LIMIT_MIB = 120;
/** How long Python is waited for where it does not come to an end: its `pull` takes time with the square of the size. */
const PATIENCE_S = 600;
const MEMORY_DIRECTORY = '/dev/shm';

interface Outcome {
  readonly ms: number;
  /** Milliseconds of the processor, for the client alone: a busy machine changes them little. */
  readonly cpu: number;
  /** In MiB. */
  readonly peak: number;
}

interface Work {
  readonly name: string;
  /** Words of work.ts and work.py. */
  readonly work: readonly string[];
  readonly budget: number;
  readonly rounds: number;
  /** Whether it is too large for memory. */
  readonly isLarge?: boolean;
}

/** 1 GiB pushed and pulled, with a limit on memory. Python is stopped after ten minutes, so its ratio is a lower bound. */
export const pebble1Gib = (): Promise<Measurement> =>
  measure({ name: 'pebble-1gib', work: ['stream', '1024'], budget: 1.2, rounds: 1, isLarge: true });

/** 1 GiB pushed, which both can do. */
export const pebblePush = (): Promise<Measurement> =>
  measure({ name: 'pebble-push', work: ['push', '1024'], budget: 1, rounds: 3, isLarge: true });

/** 4 MiB pushed and pulled, a size at which Python is done within seconds. */
export const pebble4Mib = (): Promise<Measurement> =>
  measure({ name: 'pebble-4mib', work: ['stream', '4'], budget: 1.2, rounds: 3 });

/** 1,000 small files pushed. */
export const pebbleFiles = (): Promise<Measurement> =>
  measure({ name: 'pebble-files', work: ['files'], budget: 1.2, rounds: 5 });

/** 200 times `replan` of what has not changed. */
export const pebbleReplan = (): Promise<Measurement> =>
  measure({ name: 'pebble-replan', work: ['replan'], budget: 1, rounds: 5 });

/** 100 commands with their output. */
export const pebbleExec = (): Promise<Measurement> =>
  measure({ name: 'pebble-exec', work: ['exec'], budget: 1, rounds: 5 });

async function measure({ name, work, budget, rounds, isLarge = false }: Work): Promise<Measurement> {
  const { python, version } = pythonWithOps();
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const place = !isLarge && existsSync(MEMORY_DIRECTORY) ? MEMORY_DIRECTORY : tmpdir();
  const [script, packed] = [join(import.meta.dirname, 'pebble/work.py'), await pack(directory)];
  const ours: Outcome[] = [];
  const theirs: Outcome[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await onPebble(place, (...world) => outcomeOf(process.execPath, [packed, ...world, ...work])));
    theirs.push(await onPebble(place, (...world) => outcomeOf(python, [script, ...world, ...work])));
  }
  rmSync(directory, { recursive: true });
  const sides = [ours, theirs];
  const [mine = 0, peer = 0] = sides.map((outcomes) => median(outcomes.map(({ ms }) => ms)));
  const processor = sides.map((outcomes) => median(outcomes.map(({ cpu }) => cpu)).toFixed(0));
  const peaks = sides.map((outcomes) => Math.max(...outcomes.map(({ peak }) => peak)).toFixed(0));
  const figures = { name, unit: 'ms', peerName: 'Python ops', budget, ours: mine, peer };
  const measurement = lessIsBetter(figures, {
    ops: version,
    pebble: 'v1.32.1',
    'processor ms, ours and theirs': processor.join(),
    'peak MiB, ours and theirs': peaks.join(),
    ...(peaks[1] === 'NaN' && { peer: `stopped after ${PATIENCE_S} s, unfinished` }),
  });
  return { ...measurement, ok: measurement.ok && Number(peaks[0]) < MEMORY_LIMIT_MIB };
}

// As a charm is packed, by the same step: stripping types takes memory of its own.
async function pack(directory: string): Promise<string> {
  const { files } = await bundle(join(import.meta.dirname, 'pebble/work.ts'));
  for (const { name, content } of files) writeFileSync(join(directory, name), content);
  return join(directory, BUNDLE_ENTRY);
}

async function onPebble<T>(place: string, body: (socket: string, directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(place, 'charmed-bench-'));
  mkdirSync(join(directory, 'layers'));
  const socket = join(directory, 'socket');
  const env = { PATH: process.env['PATH'], PEBBLE: directory, PEBBLE_SOCKET: socket, PEBBLE_PERSIST: 'never' };
  const pebble = spawn(realPebble(), ['run'], { env, stdio: 'ignore' });
  try {
    while (!existsSync(socket)) await delay(10);
    return await body(socket, directory);
  } finally {
    pebble.kill();
    await once(pebble, 'exit');
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the program prints. One that does not end in time took at least that long. */
async function outcomeOf(program: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_S * 1000);
  const printed = Buffer.concat(await Array.fromAsync(child.stdout as AsyncIterable<Buffer>)).toString();
  clearTimeout(late);
  const [code, signal] = (await ended) as [number | null, string | null];
  if (signal === 'SIGKILL') return { ms: PATIENCE_S * 1000, cpu: Number.NaN, peak: Number.NaN };
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return JSON.parse(printed) as Outcome;
}
