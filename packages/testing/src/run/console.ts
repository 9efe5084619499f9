// The console during runs: what a charm prints goes to the log of its own run, however many there are at a time, and what others
// print goes where it went before.

import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import type { Logger, LogLevel } from '@charmed/ops';
import { CONSOLE_LEVELS } from '@charmed/ops/internal';

type Method = keyof typeof CONSOLE_LEVELS;
type Print = (...args: unknown[]) => void;

const LEVELS = Object.entries(CONSOLE_LEVELS) as readonly [Method, LogLevel][];
const logs = new AsyncLocalStorage<Logger>();
const replaced = new Map<Method, { readonly before: Print; readonly during: Print }>();
let runs = 0;

/** Does `work` with the console's lines in `log`. The global console is as it was when no run is left. */
export async function withConsole<T>(log: Logger, work: () => Promise<T>): Promise<T> {
  if (++runs === 1) replace();
  try {
    return await logs.run(log, work);
  } finally {
    if (--runs === 0) restore();
  }
}

function replace(): void {
  for (const [method, level] of LEVELS) {
    const before: Print = console[method];
    const during: Print = (...args) => {
      const log = logs.getStore();
      if (log) log.log(level, format(...args));
      else before.apply(console, args);
    };
    replaced.set(method, { before, during });
    console[method] = during;
  }
}

// Whoever has replaced a method since, such as a test with a spy, keeps it.
function restore(): void {
  for (const [method, { before, during }] of replaced) if (console[method] === during) console[method] = before;
  replaced.clear();
}
