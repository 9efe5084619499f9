// Runs a charm as Juju does: its file as a process of its own, hook commands as executables on PATH. There is no agent socket.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

/** What a charm file imports everything from. */
export const OPS: string = new URL('../src/index.ts', import.meta.url).href;

const NODE_ARGS = ['--conditions=@charmed/source'];
const COMMANDS = [
  'juju-log',
  'status-set',
  'status-get',
  'is-leader',
  'config-get',
  'application-version-set',
  'juju-reboot',
  'secret-add',
  'action-get',
];
const FIELD = '\u001F';
const RECORD = '\u001E';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The hook commands that this dispatch ran, as argv, in the order in which they were run. */
  readonly commands: readonly (readonly string[])[];
  /** What reached juju-log, as `LEVEL message`, without DEBUG and TRACE. */
  readonly log: readonly string[];
}

export class CharmProcess {
  readonly dir: string;
  readonly #record: string;

  /** @param answers what hook commands print, by command. */
  constructor(t: TestContext, answers: Readonly<Record<string, string>> = {}) {
    this.dir = mkdtempSync(join(tmpdir(), 'charm-process-'));
    this.#record = join(this.dir, 'record');
    // A hook command may outlive the charm that has crashed.
    t.after(() => rmSync(this.dir, { recursive: true, maxRetries: 10 }));
    this.write('charm/metadata.yaml', 'name: web\n');
    for (const command of COMMANDS) {
      this.write(`answers/${command}`, answers[command] ?? '');
      this.write(`bin/${command}`, this.#script(command));
      chmodSync(join(this.dir, 'bin', command), 0o755);
    }
  }

  /** @param path in the unit's directory, such as `charm/src/charm.ts`. */
  write(path: string, content: string): void {
    const file = join(this.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Writes a charm that runs `body` in a handler of start; `this` is the charm. */
  writeCharm(body: string): void {
    this.write('charm/src/charm.ts', charmSource(body));
  }

  async dispatch(
    path = 'hooks/start',
    environment: Readonly<Record<string, string>> = {},
    file = 'src/charm.ts',
  ): Promise<Ended> {
    const charmDir = join(this.dir, 'charm');
    const child = spawn(process.execPath, [...NODE_ARGS, file], {
      cwd: charmDir,
      env: {
        PATH: `${join(this.dir, 'bin')}:/usr/bin:/bin`,
        JUJU_CHARM_DIR: charmDir,
        JUJU_UNIT_NAME: 'web/0',
        JUJU_DISPATCH_PATH: path,
        JUJU_VERSION: '3.6.14',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const commands = this.#takeRecord();
    const log = commands
      .filter(([command, , level]) => command === 'juju-log' && level !== 'DEBUG' && level !== 'TRACE')
      .map(([, , level, , message]) => `${level} ${message}`);
    return { code: child.exitCode, stdout, stderr, commands, log };
  }

  #takeRecord(): readonly (readonly string[])[] {
    if (!existsSync(this.#record)) return [];
    const records = readFileSync(this.#record, 'utf8').split(RECORD).slice(0, -1);
    rmSync(this.#record);
    return records.map((record) => record.split(FIELD));
  }

  // The whole line is written at once, so that commands that run at the same time do not mix.
  #script(command: string): string {
    return `#!/bin/sh
line=${command}
for arg; do line="$line$(printf '\\037')$arg"; done
printf '%s\\036' "$line" >> '${this.#record}'
exec cat '${join(this.dir, 'answers', command)}'
`;
  }
}

export function charmSource(body: string): string {
  return `import { ActiveStatus, CharmBase, main, type Framework } from '${OPS}';

class WebCharm extends CharmBase {
  stored = this.storedState({ count: 0 });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
  }

  async #onStart(): Promise<void> {
    this.stored.count += 1;
    ${body}
  }
}

if (import.meta.main) await main(WebCharm);
`;
}
