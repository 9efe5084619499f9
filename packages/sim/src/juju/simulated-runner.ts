// The third way to run hook commands: in memory. Commands that overlap are executed in shuffled order, as Go's net/rpc may do, so
// that a caller who does not wait for each answer is found out.

import type { HookCommandOptions, HookCommandResult, HookRunner } from '@charmed/ops/internal';
import type { HookContext } from './hook-context.ts';
import { runHookCommand } from './run-hook-command.ts';

/** @param random numbers from 0 up to 1, for a shuffle that can be repeated. Default: Math.random. */
export function simulatedRunner(context: HookContext, random: () => number = Math.random): HookRunner {
  const waiting: (() => void)[] = [];
  const runOne = () => waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
  return {
    run(command: string, args: readonly string[], options: HookCommandOptions = {}): Promise<HookCommandResult> {
      return new Promise((resolve, reject) => {
        waiting.push(() => {
          try {
            resolve(
              runHookCommand(context, command, [...args, ...inline(options.files)], { stdin: options.stdin ?? '' }),
            );
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        queueMicrotask(runOne);
      });
    },
    close: () => Promise.resolve(),
  };
}

// In memory a confidential content needs no file: it goes in the other form that Juju takes.
function inline(files: HookCommandOptions['files'] = {}): readonly string[] {
  return Object.entries(files).map(([name, content]) => `${name}#base64=${Buffer.from(content).toString('base64')}`);
}
