// `charmed types --watch`, while somebody edits.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const TYPES = 'src/charm.gen.ts';
const withOption = (name: string) => `${CHARMCRAFT_YAML}config: {options: {${name}: {type: int}}}\n`;

/** What the command prints, line by line, of both streams. */
class Watch implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: AsyncIterator<string>;

  constructor(charmed: Charmed, ...args: readonly string[]) {
    this.process = charmed.start('types', '--watch', ...args);
    this.#lines = linesOf(this.process.stdout);
    this.#errors = linesOf(this.process.stderr);
  }

  async line(): Promise<string> {
    return String((await this.#lines.next()).value);
  }

  async error(): Promise<string> {
    return String((await this.#errors.next()).value);
  }

  async interrupted(): Promise<unknown> {
    const exited = once(this.process, 'exit');
    this.process.kill('SIGINT');
    return (await exited)[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null) await this.interrupted();
  }
}

function linesOf(stream: NodeJS.ReadableStream | null): AsyncIterator<string> {
  assert.ok(stream);
  return createInterface(stream)[Symbol.asyncIterator]();
}

/** As many editors do. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

test('it writes the types again for each change, also by a new file in place of the old, and ends with Ctrl-C', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  await using watch = new Watch(charmed);
  const path = charmed.path('charmcraft.yaml');
  const types = () => readFileSync(charmed.path(TYPES), 'utf8');
  assert.equal(await watch.line(), `wrote ${TYPES}`);
  writeFileSync(path, withOption('port'));
  assert.equal(await watch.line(), `wrote ${TYPES}`);
  assert.match(types(), /port: \{/);
  replace(path, withOption('host'));
  assert.equal(await watch.line(), `wrote ${TYPES}`);
  assert.match(types(), /host: \{/);
  assert.equal(await watch.interrupted(), 130);
});

test('what is wrong in between is told, and the types stay as they were', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  await using watch = new Watch(charmed);
  const path = charmed.path('charmcraft.yaml');
  assert.equal(await watch.line(), `wrote ${TYPES}`);
  const before = readFileSync(charmed.path(TYPES), 'utf8');
  replace(path, `${CHARMCRAFT_YAML}\tnote: tiny\n`);
  assert.match(
    await watch.error(),
    /^charmed: charmcraft\.yaml:7:1: malformed YAML: a tab indents the line; use spaces$/,
  );
  replace(path, `${CHARMCRAFT_YAML}confg: {}\n`);
  assert.match(await watch.error(), /^charmed: charmcraft\.yaml:7:1: confg is not a known key/);
  rmSync(path);
  assert.match(await watch.error(), /^charmed: cannot read charmcraft\.yaml: it is not there\./);
  assert.equal(readFileSync(charmed.path(TYPES), 'utf8'), before);
  replace(path, CHARMCRAFT_YAML);
  assert.equal(await watch.line(), `${TYPES} is up to date`);
});

test('files beside charmcraft.yaml count too, of another folder as well', async () => {
  await using charmed = new Charmed();
  writeProject(charmed.path('web'));
  await using watch = new Watch(charmed, 'web');
  assert.equal(await watch.line(), `wrote ${TYPES}`);
  writeFileSync(charmed.path('web/actions.yaml'), 'backup: {}\n');
  assert.equal(await watch.line(), `wrote ${TYPES}`);
  assert.match(readFileSync(charmed.path('web', TYPES), 'utf8'), /export type BackupEvent/);
  assert.equal(existsSync(charmed.path(TYPES)), false);
});

test('a folder that is not there is told', async () => {
  await using charmed = new Charmed();
  const { code, stderr } = await charmed.run('types', '--watch', 'none');
  assert.deepEqual(
    [code, stderr],
    [1, "charmed: cannot watch none: ENOENT: no such file or directory, watch 'none'\n"],
  );
});
