// With what `charmed` ends. Every command has these, and no others.

export const EXIT_CODES = {
  done: 0,
  /** What was asked for could not be done, or a check found something. */
  failed: 1,
  /** The command line is wrong; nothing was begun. */
  usage: 2,
  /** A defect of `charmed` itself. */
  defect: 70,
  /** Ctrl-C: 128 and the number of the signal, as shells have it. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  1    it could not be done, or a check found something
  2    the command line is wrong; nothing was begun
  70   a defect of charmed itself
  130  interrupted by Ctrl-C (129 by SIGHUP, 143 by SIGTERM); nothing half-written stays`;
