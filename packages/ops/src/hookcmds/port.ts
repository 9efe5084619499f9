// The hook commands of the noun "port": arguments to argv, stdout to a value.

import { runCommand, runForJson } from './command.ts';
import { stringList } from './read.ts';
import type { HookRunner } from './runner.ts';

/** @param port as Juju writes it: `8080/tcp`, `100-200/udp` or `icmp`. */
export async function openPort(runner: HookRunner, port: string): Promise<void> {
  await runCommand(runner, 'open-port', [port]);
}

/** @param port as for {@link openPort}. */
export async function closePort(runner: HookRunner, port: string): Promise<void> {
  await runCommand(runner, 'close-port', [port]);
}

export function openedPorts(runner: HookRunner): Promise<readonly string[]> {
  return runForJson(runner, 'opened-ports', [], stringList);
}
