// Stands in for charmcraft or juju: records what it is called with, and answers as it was told to.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Charmed } from './run-charmed.ts';

interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
}

/** What to answer to arguments that begin so; the first that fits. Others are answered with nothing. */
export type Answers = Readonly<Record<string, Answer>>;

export class FakeProgram {
  readonly #calls: string;
  readonly #answers: string;

  constructor(charmed: Charmed, name: string, answers: Answers = {}) {
    this.#calls = charmed.path(`${name}.calls`);
    this.#answers = charmed.path(`${name}.answers`);
    this.answer(answers);
    const program = charmed.path(name);
    writeFileSync(program, `#!${process.execPath}\n${SCRIPT}`, { mode: 0o755 });
    charmed.environment['PATH'] = `${dirname(program)}:/usr/bin:/bin`;
  }

  answer(answers: Answers): void {
    writeFileSync(this.#answers, JSON.stringify(answers));
  }

  /** The command lines since the last time. */
  calls(): readonly string[] {
    const calls = existsSync(this.#calls) ? readFileSync(this.#calls, 'utf8').trim().split('\n').filter(Boolean) : [];
    writeFileSync(this.#calls, '');
    return calls.map((line) => (JSON.parse(line) as string[]).join(' '));
  }
}

const SCRIPT = `
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(__filename + '.calls', JSON.stringify(args) + '\\n');
const answers = JSON.parse(readFileSync(__filename + '.answers', 'utf8'));
const key = Object.keys(answers).find((key) => args.join(' ').startsWith(key));
const { stdout = '', stderr = '', code = 0 } = answers[key] ?? {};
process.stdout.write(stdout.replaceAll('$AUTH', process.env.CHARMCRAFT_AUTH ?? 'none'));
process.stderr.write(stderr);
process.exitCode = code;
`;
