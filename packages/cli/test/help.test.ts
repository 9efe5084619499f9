// Every command, whoever adds it, has a help with examples that can be typed as they stand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { fullNameOf } from '../src/output/usage.ts';
import { program, wholeProgram } from '../src/program.ts';
import { commandsBelow, parsed } from './parsed.ts';

const commands = commandsBelow(await wholeProgram());

for (const command of commands) {
  const name = fullNameOf(command);
  test(`${name} --help says what it does, and shows examples`, async () => {
    const help = helpOf(command);
    assert.notEqual(command.description(), '');
    for (const option of command.options.filter(({ hidden }) => !hidden))
      assert.notEqual(option.description, '', `${option.flags} is not described`);
    assert.match(help, /-q, --quiet .*\n +-v, --verbose /);
    const typed = examplesIn(help);
    assert.ok(typed.length >= 2, 'two examples at least');
    for (const example of typed) {
      assert.ok(example.startsWith(command.parent ? name : 'charmed '), `${example} is none of ${name}`);
      await parsed(example);
    }
  });
}

test('help lists commands in the words of their own table, loaded or not', async () => {
  assert.equal(helpOf(await program([])), helpOf(await wholeProgram()));
});

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

function examplesIn(help: string): readonly string[] {
  const [, examples = ''] = help.split('\nExamples:\n');
  return examples
    .split('\n')
    .filter((line) => line.startsWith('  charmed'))
    .map((line) => line.trim());
}
