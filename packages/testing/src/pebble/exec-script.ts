// What a command answers in a container: what the Exec with the longest beginning says.

import type { ExecScript } from '@charmed/sim/pebble';
import type { ExecArgs } from '../run/exec-args.ts';
import type { Container } from '../state/container.ts';

/** Who is told of the commands of a container. */
export interface ExecObserver {
  readonly onExec?: (args: ExecArgs) => void;
  /** What was probably not meant. */
  readonly onDoubt?: (warning: string) => void;
}

/** As a shell says that it has no such program. */
const NOT_FOUND = 127;

export function scriptFor(container: Container, command: readonly string[], observer: ExecObserver): ExecScript {
  const fitting = container.execs.filter(({ commandPrefix }) =>
    commandPrefix.every((word, index) => command[index] === word),
  );
  const [exec] = fitting.toSorted((a, b) => b.commandPrefix.length - a.commandPrefix.length);
  return async ({ environment, workingDir, uid, gid, stdin }) => {
    if (!exec) {
      const words = JSON.stringify(command);
      const advice = `the state has no answer for it: give container ${container.name} an Exec that begins ${words}`;
      observer.onDoubt?.(`the charm has run a command in ${container.name}, but ${advice}`);
      return { exitCode: NOT_FOUND, stdout: '', stderr: advice };
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk);
    observer.onExec?.({
      command,
      environment,
      workingDir,
      userId: uid,
      groupId: gid,
      stdin: Buffer.concat(chunks).toString(),
    });
    return exec;
  };
}
