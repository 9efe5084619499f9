// `charmed pack`: the project to a .charm file.

import { relative } from 'node:path';
import { Command } from 'commander';
import ora from 'ora';
import { pack } from '../pack/pack.ts';

export function packCommand(): Command {
  return new Command('pack')
    .description('pack the charm into one file that Juju deploys')
    .argument('[dir]', 'folder of the charm', '.')
    .option('-o, --output <dir>', 'where the file goes', '.')
    .action(async (directory: string, options: { output: string }) => {
      const started = performance.now();
      const progress = ora({ text: 'packing' }).start();
      try {
        const { path, bytes } = await pack(directory, {
          output: options.output,
          onStep: (step) => {
            progress.text = step;
          },
        });
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        const size = (bytes / 1024 / 1024).toFixed(1);
        progress.succeed(`packed ${relative('.', path) || path} (${size} MiB) in ${seconds} s`);
      } catch (error) {
        progress.stop();
        throw error;
      }
    });
}
