// Hands confidential contents to hook commands in files. Few dispatches have any, so what makes the files is loaded on use.

import { reasonOf } from '../errors.ts';
import { HookRunnerError } from '../hookcmds/errors.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import type { PrivateFiles } from './private-files.ts';

/** The same runner, with `options.files` made arguments. The files are gone when the command has answered, or the process exits. */
export function withFiles(runner: HookRunner): HookRunner {
  return {
    ...runner,
    async run(command, args, options = {}) {
      const { files = {} } = options;
      if (Object.keys(files).length === 0) return runner.run(command, args, options);
      using written = await write(files, command);
      const fileArgs = [...written.paths].map(([name, path]) => `${name}#file=${path}`);
      return await runner.run(command, [...args, ...fileArgs], options);
    },
  };
}

async function write(files: Readonly<Record<string, string>>, command: string): Promise<PrivateFiles> {
  const { PrivateFiles } = await import('./private-files.ts');
  try {
    return new PrivateFiles(files);
  } catch (error) {
    const reason = `its content cannot be written to a file: ${reasonOf(error)}. Look at the disk, and at TMPDIR.`;
    throw new HookRunnerError('hook-command-failed-to-start', `cannot run ${command}: ${reason}`, { cause: error });
  }
}
