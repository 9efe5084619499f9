// The cases that the simulation does not answer as Juju does. packages/sim/LIMITS.md tells users.

export interface Limit {
  readonly cases: readonly number[];
  /** What is not the same. */
  readonly differs: readonly ('code' | 'stderr' | 'stdout')[];
  readonly reason: string;
}

export const LIMITS: readonly Limit[] = [
  { cases: [133], differs: ['stderr'], reason: "go-yaml's words for a syntax error" },
];
