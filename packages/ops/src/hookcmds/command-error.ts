// The failure of a hook command as an error. What Juju prints on stderr is the only sign of what went wrong, so the one table that
// reads it is here.

import { ModelError } from '../errors.ts';

export interface Failure {
  readonly command: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly stderr: string;
}

/** A hook command answered with a non-zero exit code. */
export class HookCommandError extends ModelError {
  readonly command: string;
  /** The values of action results and leader settings are left out: they may be confidential. */
  readonly args: readonly string[];
  readonly exitCode: number;
  /** What Juju printed, without the leading `ERROR`. */
  readonly stderr: string;

  constructor(failure: Failure, code = 'hook-command-failed', advice = '') {
    const stderr = withoutPrefix(failure.stderr);
    const reason = stderr || `exit code ${failure.exitCode}`;
    super(code, `cannot run ${failure.command}: ${reason}${advice && `. ${advice}`}`);
    this.command = failure.command;
    this.args = TELLS_VALUES.has(failure.command) ? failure.args.map(keyAlone) : failure.args;
    this.exitCode = failure.exitCode;
    this.stderr = stderr;
  }
}

/** The relation does not exist, or no longer. Its code is `relation-not-found`. */
export class RelationNotFoundError extends HookCommandError {}

/** The secret does not exist, or this unit may not know that it does. Its code is `secret-not-found`. */
export class SecretNotFoundError extends HookCommandError {}

/** Commands whose arguments are `key=value`. */
const TELLS_VALUES: ReadonlySet<string> = new Set(['action-set', 'leader-set']);

interface Row {
  readonly command: RegExp;
  readonly stderr: RegExp;
  readonly code: string;
  readonly advice: string;
  readonly error?: typeof HookCommandError;
}

/** The first row that fits counts. */
const TABLE: readonly Row[] = [
  {
    command: /^(relation|network|secret)-/,
    stderr: /relation (\S+ )?not found/i,
    code: 'relation-not-found',
    advice: 'It has been removed, or was never there.',
    error: RelationNotFoundError,
  },
  // How Juju speaks of a relation that only its controller has forgotten; on one that exists, only settings can be refused.
  {
    command: /^(relation-(ids|list|model-get)|network-get)$/,
    stderr: /permission denied/i,
    code: 'relation-not-found',
    advice: 'It has been removed.',
    error: RelationNotFoundError,
  },
  {
    command: /^secret-/,
    stderr: /not found/i,
    code: 'secret-not-found',
    advice: 'It has been removed, or is not granted to this unit.',
    error: SecretNotFoundError,
  },
  {
    command: /./,
    stderr: /not the leader|not leader|cannot write relation settings/i,
    code: 'not-leader',
    advice: 'Check unit.isLeader() first.',
  },
  {
    command: /./,
    stderr: /access denied|permission denied/i,
    code: 'permission-denied',
    advice: 'Juju does not allow it to this unit.',
  },
  {
    command: /./,
    stderr: /quota limit exceeded/i,
    code: 'quota-exceeded',
    advice: 'Store less, or keep it elsewhere.',
  },
  {
    command: /^action-/,
    stderr: /not running an action/i,
    code: 'not-in-action',
    advice: 'Call it in the handler of an action.',
  },
];

export function errorOf(failure: Failure): HookCommandError {
  const row = TABLE.find(({ command, stderr }) => command.test(failure.command) && stderr.test(failure.stderr));
  return new (row?.error ?? HookCommandError)(failure, row?.code, row?.advice);
}

function withoutPrefix(stderr: string): string {
  return stderr.trim().replace(/^ERROR /, '');
}

function keyAlone(argument: string): string {
  const equals = argument.indexOf('=');
  return equals === -1 ? argument : `${argument.slice(0, equals)}=...`;
}
