// Hands confidential contents to hook commands in files. Juju's agent, which reads them, runs as root in the same file system.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookCommandOptions, HookCommandResult, HookRunner } from '../hookcmds/runner.ts';

/** The same runner, with `options.files` made arguments. The files are gone when the command has answered, or the process exits. */
export function withFiles(runner: HookRunner): HookRunner {
  return {
    ...runner,
    run: (command, args, options = {}) => {
      const { files = {} } = options;
      if (Object.keys(files).length === 0) return runner.run(command, args, options);
      return runWithFiles(runner, command, args, options, files);
    },
  };
}

async function runWithFiles(
  runner: HookRunner,
  command: string,
  args: readonly string[],
  options: HookCommandOptions,
  files: Readonly<Record<string, string>>,
): Promise<HookCommandResult> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-')); // mode 0700
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const fileArgs = Object.entries(files).map(([name, content], index) => {
      const path = join(directory, String(index));
      writeFileSync(path, content, { mode: 0o600 });
      return `${name}#file=${path}`;
    });
    return await runner.run(command, [...args, ...fileArgs], options);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
