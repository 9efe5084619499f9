// A queue in front of a runner: hook commands that overlap in a handler are run one at a time, in the order of their calls.

import type { HookCommandOptions, HookCommandResult, HookRunner } from './runner.ts';

export function inCallOrder(runner: HookRunner): HookRunner {
  let last: Promise<unknown> = Promise.resolve();
  const runSync = runner.runSync?.bind(runner);
  return {
    run(command: string, args: readonly string[], options?: HookCommandOptions): Promise<HookCommandResult> {
      const result = last.then(() => {
        options?.onStart?.();
        return runner.run(command, args, options);
      });
      last = result.catch(() => undefined);
      return result;
    },
    close: () => runner.close(),
    ...(runSync && { runSync }),
  };
}
