// Hands confidential contents to hook commands in files. Few dispatches have any, so what makes the files is loaded on use.

import type { HookRunner } from '../hookcmds/runner.ts';

/** The same runner, with `options.files` made arguments. The files are gone when the command has answered, or the process exits. */
export function withFiles(runner: HookRunner): HookRunner {
  return {
    ...runner,
    async run(command, args, options = {}) {
      const { files = {} } = options;
      if (Object.keys(files).length === 0) return runner.run(command, args, options);
      const { PrivateFiles } = await import('./private-files.ts');
      using written = new PrivateFiles(files);
      const fileArgs = [...written.paths].map(([name, path]) => `${name}#file=${path}`);
      return await runner.run(command, [...args, ...fileArgs], options);
    },
  };
}
