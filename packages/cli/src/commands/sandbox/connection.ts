// Which sandbox a command is about, and its controller. One whose controller was killed is brought back first.

import {
  call,
  resumeSandbox,
  sandboxDirectories,
  SandboxError,
  type CallOptions,
  type SandboxApi,
  type SandboxDirectories,
} from '@charmed/sandbox';
import type { Command } from 'commander';
import { CliError } from '../../errors.ts';

export interface Sandbox {
  readonly name: string;
  readonly directories: SandboxDirectories;
}

export function sandboxOf(command: Command): Sandbox {
  const { model } = command.optsWithGlobals<{ model: string }>();
  if (!/^[a-z0-9][a-z0-9-]*$/.test(model)) {
    throw new CliError('bad-name', `cannot use "${model}" as a sandbox: use lower-case letters, digits and hyphens`);
  }
  return { name: model, directories: sandboxDirectories(model, process.env) };
}

/** What can be asked again when the controller is killed meanwhile. */
const REPEATABLE: ReadonlySet<keyof SandboxApi> = new Set(['status', 'config', 'wait']);

/** @throws SandboxError with the controller's code. */
export async function ask<M extends keyof SandboxApi>(
  command: Command,
  method: M,
  params: SandboxApi[M]['params'],
  options?: CallOptions<M>,
): Promise<SandboxApi[M]['result']> {
  const { name, directories } = sandboxOf(command);
  try {
    return await call(directories, method, params, options);
  } catch (error) {
    const isKilled = error instanceof SandboxError && error.code === 'controller-gone' && REPEATABLE.has(method);
    if (!isKilled && !(error instanceof SandboxError && error.code === 'no-sandbox')) throw error;
    await resumeSandbox(name, directories);
    return await call(directories, method, params, options);
  }
}
