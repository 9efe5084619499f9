// Ctrl-C: what is unfinished is undone, and the command ends with the exit code that shells know for it.

import { CliError } from './errors.ts';
import { EXIT_CODES, type ExitCode } from './output/exit-codes.ts';

type Signal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';
const SIGNALS: Readonly<Record<Signal, ExitCode>> = {
  SIGHUP: EXIT_CODES.hungUp,
  SIGINT: EXIT_CODES.interrupted,
  SIGTERM: EXIT_CODES.terminated,
};

/** What an interrupt makes of the work of `interruptible`. */
export class Interrupted extends CliError {
  readonly exitCode: ExitCode;

  constructor(signal: Signal) {
    super('interrupted', 'interrupted');
    this.exitCode = SIGNALS[signal];
  }
}

const unfinished = new Set<() => void>();
let onSignal = end;

/** Once, for the whole process. */
export function handleInterrupts(): void {
  for (const signal of Object.keys(SIGNALS) as Signal[]) process.on(signal, () => onSignal(signal));
}

/** @param undo is called, and must be synchronous, if an interrupt comes before the handle is disposed. */
export function undoIfInterrupted(undo: () => void): Disposable {
  unfinished.add(undo);
  return { [Symbol.dispose]: () => void unfinished.delete(undo) };
}

/**
 * For what needs more than that: an interrupt aborts the signal, and the work ends when it can. A second one ends the process.
 *
 * @throws Interrupted from the signal's reason.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  onSignal = (signal) => {
    onSignal = end;
    controller.abort(new Interrupted(signal));
  };
  try {
    return await work(controller.signal);
  } finally {
    onSignal = end;
  }
}

function end(signal: Signal): void {
  for (const undo of unfinished) undo();
  process.exit(SIGNALS[signal]);
}
