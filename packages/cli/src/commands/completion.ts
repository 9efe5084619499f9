// `charmed completion`: teaches a shell to complete what is typed behind `charmed`.

import { Argument, Command } from 'commander';
import { SCRIPTS, type Shell } from '../completion/scripts.ts';
import { examples } from '../output/help.ts';

export function completionCommand(): Command {
  return new Command('completion')
    .description(
      'print the lines that teach a shell to complete commands, options, platforms, and units of the sandbox',
    )
    .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      examples({
        'charmed completion bash >> ~/.bashrc': 'in each bash from the next on',
        'charmed completion zsh >> ~/.zshrc': 'in zsh, after its compinit',
        'charmed completion fish > ~/.config/fish/completions/charmed.fish': 'in fish',
      }),
    )
    .action((shell: Shell) => {
      process.stdout.write(SCRIPTS[shell]);
    });
}
