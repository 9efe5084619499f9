// Runs test files from source, as many at a time as there are processors, each in a process of its own, and tells about
// each as it ends. A file that leaves something open or hangs is stopped, and has failed.

import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { run, type EventData } from 'node:test';
import { inspect } from 'node:util';
import { repositoryRoot, SOURCE_CONDITION } from './checks/workspace.ts';
import { secondsSince, sumOf, type Outcome } from './outcome.ts';
import { inParallel } from './parallel.ts';

const FILE_DEADLINE_MS = 180_000;
const TEST_FOLDERS = ['packages/*/src', 'packages/*/test', 'examples', 'tools', 'conformance', 'bench', 'docs'];

/** Test files of the whole repository, or of the given files and folders. */
export function testFiles(paths: readonly string[] = TEST_FOLDERS): string[] {
  const patterns = paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`));
  return globSync(patterns, { cwd: repositoryRoot, exclude: ['**/node_modules', '**/dist', '**/.cache'] }).toSorted();
}

export async function runTests(files: readonly string[]): Promise<Outcome> {
  return sumOf(await inParallel(files, runFile));
}

async function runFile(file: string): Promise<Outcome> {
  const started = performance.now();
  const path = resolve(repositoryRoot, file);
  const signal = AbortSignal.timeout(FILE_DEADLINE_MS);
  const events = run({ files: [path], cwd: repositoryRoot, execArgv: [`--conditions=${SOURCE_CONDITION}`], signal });
  const report = new FileReport(path);
  events.on('test:pass', (event) => report.pass(event));
  events.on('test:fail', (event) => report.fail(event));
  events.on('test:stdout', ({ message }) => report.print(message));
  events.on('test:stderr', ({ message }) => report.print(message));
  await finished(events.resume());
  report.show(secondsSince(started));
  return report.outcome();
}

class FileReport {
  readonly #path: string;
  #passed = 0;
  readonly #failed: string[] = [];
  readonly #skipped: string[] = [];
  #output = '';
  #errors = '';

  constructor(path: string) {
    this.#path = path;
  }

  pass(event: EventData.TestPass): void {
    const unrun = event.skip ?? event.todo;
    if (event.name === this.#path) this.#addFailure(event, 'the file holds no test');
    else if (unrun !== undefined && unrun !== false) this.#skipped.push(`${this.#nameOf(event)}: ${unrun}`);
    else if (event.details.type !== 'suite') this.#passed += 1;
  }

  // A parent whose children failed is no failure of its own.
  fail(event: EventData.TestFail): void {
    const { error } = event.details;
    if ('failureType' in error && error.failureType === 'subtestsFailed') return;
    this.#addFailure(event, inspect(error.cause ?? error));
  }

  print(text: string): void {
    this.#output += text;
  }

  show(time: string): void {
    const ok = this.#failed.length === 0;
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${relative(repositoryRoot, this.#path)}, ${this.#passed} passed, ${time}`);
    if (!ok) console.log(`${this.#output}${this.#errors}`);
  }

  outcome(): Outcome {
    return { passed: this.#passed, failed: this.#failed, skipped: this.#skipped };
  }

  #addFailure(event: EventData.TestFail | EventData.TestPass, reason: string): void {
    const name = this.#nameOf(event);
    this.#failed.push(name);
    this.#errors += `\n${name}\n${reason}\n`;
  }

  #nameOf({ name, line }: EventData.TestFail | EventData.TestPass): string {
    const file = relative(repositoryRoot, this.#path);
    return name === this.#path ? file : `${file}:${line} ${name}`;
  }
}
