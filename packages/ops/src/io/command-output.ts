// What a hook command printed, as text. Juju answers in UTF-8: anything else has been damaged, and is not guessed at.

import { isUtf8 } from 'node:buffer';
import { HookRunnerError } from '../hookcmds/errors.ts';
import type { HookCommandResult } from '../hookcmds/runner.ts';

/** As bytes, with the exit code. */
export interface Printed {
  readonly code: number;
  readonly stdout: Uint8Array;
  /** For people: what is not UTF-8 in it becomes U+FFFD. */
  readonly stderr: Uint8Array;
}

/** @throws HookRunnerError `agent-garbage` */
export function resultOf(command: string, { code, stdout, stderr }: Printed): HookCommandResult {
  if (!isUtf8(stdout)) {
    throw new HookRunnerError('agent-garbage', `cannot read the answer of ${command}: it is not in UTF-8`);
  }
  return { code, stdout: Buffer.from(stdout).toString(), stderr: Buffer.from(stderr).toString() };
}
