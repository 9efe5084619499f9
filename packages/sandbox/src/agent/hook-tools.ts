// What answers a hook's commands: the agent's socket, and executables that call it.

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { hookCommandNames, runHookCommand, type HookContext } from '@charmed/sim/juju';
import { files, type SandboxDirectories } from '../directories.ts';
import { codeDirectory } from '../node-program.ts';
import { installHookCommands } from './hook-commands.ts';
import { serveJujuc, type JujucServer } from './jujuc-server.ts';

/** Installs the executables, for all units of the sandbox. */
export async function installHookTools(directories: SandboxDirectories): Promise<void> {
  const directory = files.tools(directories);
  if (existsSync(directory)) rmSync(directory, { recursive: true });
  await installHookCommands(directory, hookCommandNames, codeDirectory(directories));
}

/** Answers the commands of one hook until closed. Those of another context are refused, as the agent does. */
export async function answerHookCommands(
  socketPath: string,
  contextId: string,
  context: HookContext,
): Promise<JujucServer> {
  mkdirSync(dirname(socketPath), { recursive: true, mode: 0o700 });
  return await serveJujuc({
    socketPath,
    handle: (request) => {
      if (request.contextId !== contextId) {
        throw new Error(`bad request: expected context id "${contextId}", got "${request.contextId}"`);
      }
      if (!hookCommandNames.includes(request.command)) {
        throw new Error(`bad request: unknown command: ${request.command}`);
      }
      return runHookCommand(context, request.command, request.args, {
        stdin: request.stdin && Buffer.from(request.stdin).toString(),
        dir: request.dir,
      });
    },
  });
}
