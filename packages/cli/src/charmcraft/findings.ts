// What is wrong with a `charmcraft.yaml`, each with its place, and the one error that carries all of it.

import { CliError } from '../errors.ts';

export interface Finding {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly rule: CharmcraftRule;
  /** What is wrong, and how to mend it. */
  readonly message: string;
}

/** The names of what is checked in a `charmcraft.yaml`. */
export type CharmcraftRule =
  | 'yaml'
  | 'unknown-key'
  | 'missing-key'
  | 'bad-value'
  | 'bad-name'
  | 'reserved-name'
  | 'bad-reference'
  | 'naming';

/** What charmcraft too only warns of. */
const WARNINGS: ReadonlySet<CharmcraftRule> = new Set(['naming']);

export function isError({ rule }: Finding): boolean {
  return !WARNINGS.has(rule);
}

/** A `charmcraft.yaml` is malformed or says what Juju would refuse. The message has a line for each finding: `file:line:column: what`. */
export class CharmcraftError extends CliError {
  readonly findings: readonly Finding[];

  constructor(file: string, findings: readonly Finding[]) {
    super(
      'invalid-charmcraft-yaml',
      inOrder(findings)
        .map((finding) => lineFor(file, finding))
        .join('\n'),
    );
    this.findings = findings;
  }
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function lineFor(file: string, { line, column, message }: Finding): string {
  return `${file}:${line}:${column}: ${message}`;
}
