// Somebody who follows a page, word by word, on a machine that has npm and its Node, and none of our packages but as tarballs.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { readManifest, repositoryRoot } from '../checks/workspace.ts';
import { placeThirdParties } from '../third-parties.ts';
import { edited } from './edit.ts';
import type { Step } from './steps.ts';

/** What `charmed` keeps for the next time, which saves seconds. */
const CACHE = join(repositoryRoot, 'node_modules/.cache/charmed');

const INIT = 'npx @charmed/cli ';
const ADDRESS = /127\.\d+\.\d+\.\d+/;

export interface Habits {
  /** Whether npm links `node` for the package that brings it; npm 9 to 11.6 do not. */
  readonly linksNode: boolean;
}

export class Newcomer implements AsyncDisposable {
  readonly #home: string;
  readonly #tarballs: ReadonlyMap<string, string>;
  readonly #habits: Habits;
  #folder: string;
  #printed = '';
  #address = '';

  private constructor(home: string, tarballs: ReadonlyMap<string, string>, habits: Habits) {
    this.#home = home;
    this.#folder = home;
    this.#tarballs = tarballs;
    this.#habits = habits;
  }

  static async arrive(tarballs: ReadonlyMap<string, string>, habits: Habits): Promise<Newcomer> {
    const home = mkdtempSync(join(tmpdir(), 'charmed-newcomer-'));
    for (const [name, path] of tarballs) await unpack(path, join(home, 'npx/node_modules', name));
    placeThirdParties(['@charmed/cli'], join(home, 'npx'));
    return new Newcomer(home, tarballs, habits);
  }

  /** @throws Error with the line of the page that does not hold. */
  async follow(steps: readonly Step[], page: string): Promise<void> {
    for (const step of steps) {
      try {
        if (step.kind === 'compare') this.#compare(step.lines);
        else if (step.kind === 'change') this.#change(step.file, step.diff);
        else await this.#type(step.commands, step.fails);
      } catch (error) {
        throw new Error(`${page}:${step.line}: ${(error as Error).message}`, { cause: error });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run(`${this.#charmed} sandbox destroy`);
    rmSync(this.#home, { recursive: true, force: true });
  }

  get #charmed(): string {
    return join(this.#home, 'npx/node_modules/@charmed/cli/dist/bin.js');
  }

  async #type(commands: readonly string[], fails: boolean): Promise<void> {
    this.#printed = '';
    for (const command of commands) {
      const { code, printed } = await this.#do(this.#here(command));
      this.#printed += stripVTControlCharacters(printed);
      this.#address = ADDRESS.exec(printed)?.[0] ?? this.#address;
      if (fails === (code === 0)) throw new Error(`${command}: exit code ${code}\n${printed}`);
    }
  }

  /** The command as this machine needs it. */
  #here(command: string): string {
    const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
    return command
      .replace('_amd64', `_${architecture}`)
      .replace(ADDRESS, this.#address)
      .replace(INIT, `${this.#charmed} `)
      .replace('npx ', 'node_modules/.bin/');
  }

  async #do(command: string): Promise<Finished> {
    const [program, argument = ''] = command.split(' ');
    if (program === 'cd') {
      this.#folder = join(this.#folder, argument);
      return { code: existsSync(this.#folder) ? 0 : 1, printed: '' };
    }
    if (program === 'curl') return { code: 0, printed: await (await fetch(argument)).text() }; // not every machine has it
    if (command !== 'npm install') return await this.#run(command);
    const installed = await this.#install(this.#folder);
    if (!this.#habits.linksNode) rmSync(join(this.#folder, 'node_modules/.bin/node'));
    return installed;
  }

  /** What is on no registry is installed from the tarballs; the rest is there already. */
  async #install(project: string): Promise<Finished> {
    const { dependencies, devDependencies } = readManifest(project);
    const ours = ['@charmed/cli', '@charmed/testing'];
    placeThirdParties([...ours, ...Object.keys({ ...dependencies, ...devDependencies })], project);
    const specifiers = [...this.#tarballs].map(([name, path]) => `${name}@file:${path}`);
    return await this.#run(`npm install --offline ${specifiers.join(' ')}`, project);
  }

  #compare(lines: readonly string[]): void {
    let rest = comparable(this.#printed);
    for (const line of lines) {
      const at = rest.indexOf(comparable(line));
      if (at === -1) throw new Error(`this is not printed: ${line}\n${this.#printed}`);
      rest = rest.slice(at);
    }
  }

  #change(file: string, diff: string): void {
    const path = join(this.#folder, file);
    writeFileSync(path, edited(readFileSync(path, 'utf8'), diff));
  }

  async #run(command: string, cwd: string = this.#folder): Promise<Finished> {
    return await new Promise((resolve) => {
      execFile('sh', ['-c', command], { cwd, env: this.#environment() }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), printed: `${stdout}${stderr}` });
      });
    });
  }

  #environment(): NodeJS.ProcessEnv {
    const path = process.env['PATH']?.split(delimiter).filter((folder) => !folder.startsWith(repositoryRoot));
    return {
      PATH: path?.join(delimiter),
      HOME: this.#home,
      CHARMED_SANDBOX_DIR: join(this.#home, 'sandboxes'),
      CHARMED_CACHE: CACHE,
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
    };
  }
}

interface Finished {
  readonly code: number;
  readonly printed: string;
}

async function unpack(tarball: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/** Without what differs from time to time: numbers, and how wide columns are. */
function comparable(text: string): string {
  return text.replaceAll(/\d+(\.\d+)*/g, '0').replaceAll(/\s+/g, ' ');
}
