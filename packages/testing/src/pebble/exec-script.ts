// What a command answers in a container: what the Exec with the longest beginning says.

import { SpawnError, type ExecScript } from '@charmed/sim/pebble';
import type { ExecArgs } from '../run/exec-args.ts';
import type { Container } from '../state/container.ts';

export function scriptFor(
  container: Container,
  command: readonly string[],
  onExec: (args: ExecArgs) => void,
): ExecScript {
  const fitting = container.execs.filter(({ commandPrefix }) =>
    commandPrefix.every((word, index) => command[index] === word),
  );
  const [exec] = fitting.toSorted((a, b) => b.commandPrefix.length - a.commandPrefix.length);
  return async ({ environment, workingDir, uid, gid, stdin }) => {
    if (!exec) {
      const words = JSON.stringify(command);
      throw new SpawnError(
        `the state has no answer for it: give container ${container.name} an Exec that begins ${words}`,
      );
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk);
    onExec({ command, environment, workingDir, userId: uid, groupId: gid, stdin: Buffer.concat(chunks).toString() });
    return exec;
  };
}
