// The hook commands of the noun "status": arguments to argv, stdout to a value.

import { runCommand, runForJson } from './command.ts';
import { record, text } from './read.ts';
import type { HookRunner } from './runner.ts';

export interface StatusAnswer {
  readonly status: string;
  readonly message: string;
}

export function statusGet(runner: HookRunner, options: { readonly app: boolean }): Promise<StatusAnswer> {
  return runForJson(runner, 'status-get', ['--include-data', `--application=${options.app}`], (value) => {
    const answer = record(value);
    // The application's own status is wrapped, beside those of its units.
    const status = options.app ? record(answer['application-status']) : answer;
    return { status: text(status.status), message: text(status.message) };
  });
}

export async function statusSet(
  runner: HookRunner,
  status: StatusAnswer,
  options: { readonly app: boolean },
): Promise<void> {
  await runCommand(runner, 'status-set', [`--application=${options.app}`, status.status, '--', status.message]);
}
