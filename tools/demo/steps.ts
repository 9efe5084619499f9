// Tells what the demo does and how long each step takes.

import { styleText } from 'node:util';

const started = performance.now();

export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  process.stdout.write(`${styleText('bold', title)} ... `);
  const result = await work();
  console.log(styleText('green', seconds(performance.now() - began)));
  return result;
}

/** Shows text that belongs to the last step. */
export function show(text: string): void {
  console.log(text.trimEnd().replaceAll(/^/gm, '    '));
}

export function total(): string {
  return seconds(performance.now() - started);
}

/** Asks again until the answer is yes. @throws Error when it is not within the time limit. */
export async function until(what: string, ask: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`still not so after ${seconds(timeoutMs)}: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not so: ${what}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
