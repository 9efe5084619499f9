// The scripts of `charmed completion` in the real shells, which are typed to on a terminal. A shell that is missing is skipped.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

interface Shell {
  readonly start: string;
  /** Where the script goes, and what stands before it there. */
  readonly file: string;
  readonly head?: string;
}

const shells: Readonly<Record<string, Shell>> = {
  bash: { start: 'bash --noprofile --rcfile bashrc -i', file: 'bashrc' },
  zsh: { start: 'zsh -i', file: '.zshrc', head: 'autoload -Uz compinit; compinit -D -u\n' },
  fish: { start: 'fish -i', file: 'fish/completions/charmed.fish' },
};

// With a tab where the user hits it, and what is then run.
const typed: Readonly<Record<string, string>> = {
  'charmed pa\t--analy\t': 'pack --analyse',
  'charmed sandb\tdepl\t--num\t2 tiny_\t': 'sandbox deploy --num-units 2 tiny_amd64.charm',
  'charmed pack --platform=h\t': 'pack --platform=host',
  'charmed pack -p arm\t': 'pack -p arm64',
  'charmed compl\tfi\t': 'completion fish',
  'false && charmed pack $(touch evaluated) --pla\t': '',
};

for (const [name, { start, file, head = '' }] of Object.entries(shells)) {
  const isMissing = !['/usr/bin/script', `/usr/bin/${name}`].every(existsSync);
  test(`${name} completes what is typed`, { skip: isMissing && `needs ${name} and script` }, async () => {
    await using charmed = new Charmed();
    writeProject(charmed.directory);
    write(charmed.path('tiny_amd64.charm'), '');
    write(charmed.path(file), head + (await charmed.run('completion', name)).stdout);
    writeFileSync(charmed.path('charmed'), recorder(charmed), { mode: 0o755 });
    const terminal = spawn('script', ['-qec', start, '/dev/null'], {
      cwd: charmed.directory,
      env: environment(charmed),
    });
    terminal.stdin.end(`${Object.keys(typed).join('\n')}\nexit\n`);
    const [shown] = await Promise.all([text(terminal.stdout), once(terminal, 'exit')]);
    const ran = [...shown.matchAll(/ran: (.*?) *\r/g)].map(([, args]) => args);
    assert.deepEqual(
      ran,
      Object.values(typed).filter((args) => args !== ''),
      shown,
    );
    assert.ok(!existsSync(charmed.path('evaluated')), 'what is typed is not evaluated');
  });
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A `charmed` that completes, and else only tells its arguments. */
function recorder({ program }: Charmed): string {
  const real = [process.execPath, ...process.execArgv, program].join(' ');
  return `#!/bin/sh\n[ "$1" = complete ] && exec ${real} "$@"\necho "ran: $*"\n`;
}

function environment({ directory }: Charmed): NodeJS.ProcessEnv {
  return {
    PATH: `${directory}:/usr/bin:/bin`,
    TERM: 'xterm',
    HOME: directory,
    ZDOTDIR: directory,
    XDG_CONFIG_HOME: directory,
  };
}
