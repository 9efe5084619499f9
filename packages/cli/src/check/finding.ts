// What `charmed check` has to say about one place.

export interface CheckFinding {
  /** Relative to the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Name of what was checked, such as `unknown-key`. */
  readonly rule: string;
  /** An error is refused by Juju or fails at run time; a warning may be meant so. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, and how to mend it. */
  readonly message: string;
}
