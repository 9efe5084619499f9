// What a command answers in a container, and how a service fares: as the Exec with the longest beginning says.

import type { ExecScript, ServiceScript } from '@charmed/sim/pebble';
import type { ExecArgs } from '../run/exec-args.ts';
import type { Container } from '../state/container.ts';
import type { Exec } from '../state/exec.ts';

/** Who is told of the commands of a container. */
export interface ExecObserver {
  readonly onExec?: (args: ExecArgs) => void;
  /** What was probably not meant. */
  readonly onDoubt?: (warning: string) => void;
}

/** As a shell says that it has no such program. */
const NOT_FOUND = 127;

export function scriptFor(container: Container, command: readonly string[], observer: ExecObserver): ExecScript {
  const exec = fitting(container, command);
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

/** A service runs until it is stopped, unless an `Exec` says that its command fails: then it does so at once. */
export function serviceScriptFor(container: Container): ServiceScript {
  return (service) => {
    const exec = fitting(container, service.command);
    if (exec === undefined || exec.commandPrefix.length === 0 || exec.exitCode === 0) return;
    service.print(`${exec.stdout}${exec.stderr}`);
    service.exit(exec.exitCode);
  };
}

function fitting({ execs }: Container, command: readonly string[]): Exec | undefined {
  const all = execs.filter(({ commandPrefix }) => commandPrefix.every((word, index) => command[index] === word));
  return all.toSorted((a, b) => b.commandPrefix.length - a.commandPrefix.length)[0];
}
