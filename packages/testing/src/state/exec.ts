// What a command answers that the charm runs in a container.

import { frozen, Value } from './value.ts';

export interface ExecFields {
  /** Default: 0. */
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/**
 * Answers for the commands that begin with these words; of several, the longest beginning counts. None at all fits every command. A
 * service whose command is one that fails does not start.
 */
export class Exec extends Value {
  readonly commandPrefix: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;

  constructor(commandPrefix: readonly string[], fields: ExecFields = {}) {
    super();
    this.commandPrefix = frozen(commandPrefix);
    this.exitCode = fields.exitCode ?? 0;
    this.stdout = fields.stdout ?? '';
    this.stderr = fields.stderr ?? '';
    Object.freeze(this);
  }

  with(changes: ExecFields): Exec {
    return new Exec(this.commandPrefix, { ...this, ...changes });
  }
}
