// What is wrong with a charm's project, each with its place, and the one error that carries them.

import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { RULES, type RuleName } from './rules.ts';

/** Where something stands. */
export interface Position {
  /** Relative to the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface Finding extends Position {
  readonly rule: RuleName;
  /** What is wrong, and how to mend it. */
  readonly message: string;
}

export function isError({ rule }: Finding): boolean {
  return RULES[rule].severity === 'error';
}

/** By file, line and column. */
export function inOrder<F extends Finding>(findings: readonly F[]): readonly F[] {
  return findings.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The project has errors, in its charmcraft.yaml or elsewhere. The message has a line for each finding: `file:line:column: what`. */
export class ProjectError extends CliError {
  readonly findings: readonly Finding[];

  constructor(directory: string, findings: readonly Finding[]) {
    super(
      'invalid-project',
      inOrder(findings)
        .map(({ file, line, column, message }) => `${join(directory, file)}:${line}:${column}: ${message}`)
        .join('\n'),
    );
    this.findings = findings;
  }
}
