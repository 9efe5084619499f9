// The content of secrets is looked for in everything that a charm leaves behind, however it ends.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unpackedCharm } from '../unpacked-charm.ts';
import { SmallJuju, type Ended, type RunOptions } from './small-juju.ts';

const [FIRST, SECOND, GRANTED] = ['first-hush-7c1e', 'second-hush-9b2d', 'granted-hush-3f4a'] as const;
const CONTENTS = [FIRST, SECOND, GRANTED];

/** The charm's own source must not hold them. */
const hidden = (content: string) => Buffer.from(content).toString('hex');

const CHARM = `
import { CharmBase, main, type EventBase, type Framework } from '@charmed/ops';

const revealed = (hex: string) => Buffer.from(hex, 'hex').toString();

class DiscreetCharm extends CharmBase {
  #stored = this.storedState({ id: '' });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.start, this.#onStart);
    this.observe(this.on.secretChanged, this.#defer);
  }

  async #onConfigChanged(event: EventBase): Promise<void> {
    const password = revealed('${hidden(FIRST)}');
    const secret = await this.app.addSecret({ password }, { label: 'own', description: 'hidden' });
    this.#stored.id = secret.id ?? '';
    await secret.setContent({ password: revealed('${hidden(SECOND)}') });
    const granted = await this.model.secret({ id: 'secret:9m4e2mr0ui3e8a215n4g' });
    const content = await granted.getContent({ refresh: true });
    await granted.peekContent();
    console.log(secret, granted, String(granted), JSON.stringify({ granted, secret }));
    if (!content.password) throw new Error('no password');
    event.defer();
  }

  async #onStart(): Promise<void> {
    const granted = await this.model.secret({ label: 'granted' });
    await granted.setContent({ password: revealed('${hidden(GRANTED)}') });
  }

  #defer(event: EventBase): void {
    event.defer();
  }
}

if (import.meta.main) await main(DiscreetCharm);
`;

const ANSWERS = {
  'is-leader': 'true',
  'secret-add': 'secret:9m4e2mr0ui3e8a215n40',
  'secret-get': JSON.stringify({ password: GRANTED }),
  'secret-info-get': JSON.stringify({ '9m4e2mr0ui3e8a215n4g': { revision: 1, label: 'granted', owner: 'unit' } }),
};

let directory: string;
let charm: string;
let juju: SmallJuju;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'charmed-secrecy-'));
  charm = await unpackedCharm(directory, CHARM);
  mkdirSync(join(directory, 'tmp'));
  juju = await SmallJuju.start(charm);
});

after(async () => {
  await juju[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

function run(path: string, options: RunOptions = {}): Promise<Ended> {
  const environment = { TMPDIR: join(directory, 'tmp'), JUJU_DEBUG: '1', ...options.environment };
  return juju.run(path, { answers: ANSWERS, ...options, environment });
}

function assertSilent(where: string, text: string): void {
  for (const content of CONTENTS) assert.ok(!text.includes(content), `${where}: ${content}`);
}

/** What the charm left on the disk: its state, its compile cache, temporary files. */
function assertDiskSilent(): void {
  for (const root of [charm, join(directory, 'tmp')]) {
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) assertSilent(path, readFileSync(path, 'latin1'));
    }
  }
}

function assertProcessSilent({ commands, output }: Ended): void {
  assertSilent('argv', JSON.stringify(commands));
  assertSilent('output', output);
}

test('neither commands, logs, output, the store nor temporary files hold what is secret', async () => {
  const ended = await run('hooks/config-changed');
  assert.equal(ended.code, 0, ended.log.join('\n'));
  assertProcessSilent(ended);
  assertDiskSilent();
  assert.deepEqual(juju.fileModes, [0o600, 0o600]);
  assert.deepEqual(readdirSync(join(directory, 'tmp')), []);
});

test('nor when a command on a secret is refused or answered with garbage, and the hook fails', async () => {
  const failures: readonly RunOptions['answers'][] = [
    { ...ANSWERS, 'secret-set': { code: 1, stderr: 'ERROR permission denied\n' } },
    { ...ANSWERS, 'secret-add': { code: 1, stderr: 'ERROR no\n' } },
    { ...ANSWERS, 'secret-get': '{"password":"granted-hush-3f4a"' },
    { ...ANSWERS, 'secret-get': '["granted-hush-3f4a"]' },
    { ...ANSWERS, 'secret-get': '{"password":{"a":"granted-hush-3f4a"}}' },
  ];
  for (const answers of failures) {
    const ended = await run('hooks/config-changed', answers ? { answers } : {});
    assert.equal(ended.code, 1, JSON.stringify(answers));
    assertProcessSilent(ended);
    assertDiskSilent();
  }
});

test('nor when the charm is killed, once the hook has run again', async () => {
  const { commands } = await run('hooks/config-changed');
  for (let command = 1; command <= commands.length; command += 1) {
    const killed = await run('hooks/config-changed', { killAtCommand: command });
    assert.equal(killed.signal, 'SIGKILL');
    assertProcessSilent(killed);
    assert.equal((await run('hooks/config-changed')).code, 0);
    assertDiskSilent();
  }
});
