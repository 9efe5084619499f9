// docs/reference/charmed.md, from the help of the commands themselves. `npm run format` writes it; `--check` tells whether that was done.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullNameOf } from '../../packages/cli/src/output/usage.ts';
import { wholeProgram } from '../../packages/cli/src/program.ts';
import { repositoryRoot } from '../checks/workspace.ts';

const PAGE = join(repositoryRoot, 'docs/reference/charmed.md');

type Command = Awaited<ReturnType<typeof wholeProgram>>;

const HEAD = `<!-- Made by npm run format from the help of the commands: change them, and run it. -->

# The charmed command

What is below is what \`--help\` prints; \`charmed completion\` teaches your shell the same.

All commands are alike in this:

- Results are on stdout. With \`--format json\`, where there is one, that is one JSON value and nothing else, and an error is one object on
  stderr: \`{"error": {"code": "no-entry", "message": "..."}}\`. Codes stay as they are.
- Progress, warnings and errors are on stderr. A spinner and colours are for terminals; \`NO_COLOR\` turns the colours off.
- \`--quiet\` and \`--verbose\` may stand before or behind the command.
- Nothing is asked where nobody is there to answer.
- Ctrl-C ends what was started for the command, and leaves no file half-written.
`;

async function commandReference(): Promise<string> {
  return `${[HEAD, ...sectionsOf(await wholeProgram(), 2)].join('\n').trimEnd()}\n`;
}

function sectionsOf(command: Command, level: number): readonly string[] {
  const below = command.createHelp().visibleCommands(command);
  const others = below.filter((each) => each.name() !== 'help');
  return [`${'#'.repeat(level)} ${fullNameOf(command)}`, '', '```text', helpOf(command).trim(), '```', ''].concat(
    others.flatMap((each) => sectionsOf(each, level + 1)),
  );
}

function helpOf(command: Command): string {
  let help = '';
  command.configureHelp({ ...command.configureHelp(), showGlobalOptions: false, helpWidth: 100 });
  command.configureOutput({ writeOut: (text) => (help += text), getOutHasColors: () => false }).outputHelp();
  return help;
}

const page = await commandReference();
if (!process.argv.includes('--check')) writeFileSync(PAGE, page);
else if (readFileSync(PAGE, 'utf8') !== page) {
  console.log('docs/reference/charmed.md is not what the commands say. Run: npm run format');
  process.exitCode = 1;
}
