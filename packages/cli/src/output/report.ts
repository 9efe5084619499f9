// How a command that failed ends: what is told, and with which exit code.

import { OpsError, reasonOf } from '@charmed/ops/internal';
import { CommanderError } from 'commander';
import { Interrupted } from '../interrupt.ts';
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage.ts';

/** Tells on stderr what went wrong: a sentence, or with `--format json` an object `{"error": {"code", "message"}}`. @returns the exit code. */
export function report(thrown: unknown, argv: readonly string[]): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage; // it was help
  if (thrown instanceof Interrupted) return thrown.exitCode;
  if (!(thrown instanceof OpsError)) {
    tell({ code: 'defect', message: `this is a defect of charmed: ${stackOf(thrown)}` }, argv);
    return EXIT_CODES.defect;
  }
  const { code, message } = thrown;
  tell({ code, message }, argv);
  if (isVerbose(argv) && !isJson(argv)) console.error(stackOf(thrown));
  return thrown instanceof UsageError ? EXIT_CODES.usage : EXIT_CODES.failed;
}

function tell(error: { readonly code: string; readonly message: string }, argv: readonly string[]): void {
  console.error(isJson(argv) ? JSON.stringify({ error }) : `charmed: ${error.message}`);
}

// A command line that is wrong has no options yet, so these are looked for as text.
function isJson(argv: readonly string[]): boolean {
  const options = upToDashes(argv);
  return (
    options.includes('--format=json') || options.some((word, at) => word === '--format' && options[at + 1] === 'json')
  );
}

function isVerbose(argv: readonly string[]): boolean {
  return upToDashes(argv).some((word) => word === '-v' || word === '--verbose');
}

function upToDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : reasonOf(thrown);
}
