// A command that the charm has run in a container.

export interface ExecArgs {
  readonly command: readonly string[];
  /** All of it, with what Pebble adds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string | undefined;
  readonly userId: number;
  readonly groupId: number;
  /** All that was written to it. */
  readonly stdin: string;
}
