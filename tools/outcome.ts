// What a step of `npm test` comes to. Checks and tests count alike.

export interface Outcome {
  readonly passed: number;
  /** Names of what failed. */
  readonly failed: readonly string[];
  /** What did not run, each with its reason. */
  readonly skipped: readonly string[];
}

export function sumOf(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.flatMap(({ failed }) => failed),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}

/** The closing lines of a run: what failed, what was skipped and why, and the totals. */
export function summaryOf({ passed, failed, skipped }: Outcome): string[] {
  const totals = `${passed} passed, ${failed.length} failed`;
  return [
    ...listed('Skipped:', skipped),
    ...listed('Failed:', failed),
    skipped.length > 0 ? `${totals}, ${skipped.length} skipped` : totals,
  ];
}

export function secondsSince(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function listed(title: string, entries: readonly string[]): string[] {
  return entries.length > 0 ? ['', title, ...entries.map((entry) => `  ${entry}`), ''] : [];
}
