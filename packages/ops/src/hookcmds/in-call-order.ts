// A queue in front of a runner: hook commands that overlap in a handler are run one at a time, in the order of their calls. After a
// fault none is sent any more: what the charm would build on the one that got no answer may not be there.

import { HookRunnerError, notSent } from './errors.ts';
import type { HookCommandOptions, HookCommandResult, HookRunner } from './runner.ts';

export function inCallOrder(runner: HookRunner): HookRunner {
  let last: Promise<unknown> = Promise.resolve();
  let fault: HookRunnerError | undefined;

  // What went wrong is told as long as there is a way.
  const isBarred = (command: string) => fault !== undefined && !(fault.neverStarted && command === 'juju-log');

  async function send(command: string, args: readonly string[], options?: HookCommandOptions) {
    if (fault && isBarred(command)) throw notSent(command, fault);
    options?.onStart?.();
    try {
      return await runner.run(command, args, options);
    } catch (error) {
      if (error instanceof HookRunnerError && error.isFault) fault = error;
      throw error;
    }
  }

  return {
    run(command: string, args: readonly string[], options?: HookCommandOptions): Promise<HookCommandResult> {
      const result = last.then(() => send(command, args, options));
      last = result.catch(() => undefined);
      return result;
    },
    runSync: (command, args) => !isBarred(command) && (runner.runSync?.(command, args) ?? false),
    get fault() {
      return fault;
    },
    close: () => runner.close(),
  };
}
