// What a benchmark comes to, and the arithmetic of it.

import { availableParallelism } from 'node:os';

export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  /** How many times better than the peer; above 1 is better. */
  readonly ratio: number;
  /** The ratio to reach, or for a limit without a peer to run, the limit itself. */
  readonly budget: number;
  readonly ok: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

/** For figures of which less is better. */
export function lessIsBetter(
  figures: Pick<Measurement, 'name' | 'unit' | 'ours' | 'peer' | 'peerName' | 'budget'>,
  versions: Readonly<Record<string, string>> = {},
): Measurement {
  const ratio = figures.peer / figures.ours;
  const machine = { node: process.version, processors: String(availableParallelism()) };
  return { ...figures, ratio, ok: ratio >= figures.budget, versions: { ...machine, ...versions } };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Medians of both sides, taken in turn so that a drift of the machine meets both. One uncounted round comes first. */
export async function inTurn(
  rounds: number,
  ours: () => unknown,
  peer: () => unknown,
): Promise<{ readonly ours: number; readonly peer: number }> {
  await ours();
  await peer();
  const [left, right]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    left.push(await timed(ours));
    right.push(await timed(peer));
  }
  return { ours: median(left), peer: median(right) };
}
