// What `npm run demo` runs: the example charms packed, deployed, related, used, scaled, hurt and recovered, on this machine. It fails
// loudly if anything is not as it says, and leaves no process behind, also on Ctrl-C.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Charmed } from './charmed.ts';
import { processesWith } from './processes.ts';
import { demand, show, step, total, until } from './steps.ts';

const ENTRY = 'It works on my laptop.';

const directory = mkdtempSync(join(tmpdir(), 'charmed-demo-'));
const state = join(directory, 'state');
const charmed = new Charmed(state);
let ending: Promise<never> | undefined;

process.on('SIGINT', () => void end(130));
process.on('SIGTERM', () => void end(143));

try {
  await demo();
  await end(0);
} catch (error) {
  if (ending) await ending;
  console.log(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  show(await charmed.sandbox('debug-log').catch(() => ''));
  await end(1);
}

async function demo(): Promise<void> {
  const pack = (name: string) =>
    charmed.run('pack', join('examples', name), '--platform', 'host', '--output', directory);
  await step('pack kv-k8s', () => pack('kv-k8s')); // deflates Node, which the others then find in the cache
  await step('pack guestbook-k8s and noop-machine', () => Promise.all(['guestbook-k8s', 'noop-machine'].map(pack)));
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const charm = (name: string) => join(directory, `${name}_${architecture}.charm`);
  // A failed hook is retried after a second, where Juju waits five.
  await step('deploy kv', () => charmed.sandbox('deploy', charm('kv-k8s'), 'kv', '--retry-delay', '1'));
  await step('deploy guestbook', () => charmed.sandbox('deploy', charm('guestbook-k8s'), 'guestbook'));
  await step('deploy noop', () => charmed.sandbox('deploy', charm('noop-machine'), 'noop'));
  await step('integrate guestbook with kv', () => charmed.sandbox('integrate', 'guestbook', 'kv'));
  await step('wait until all is active', () => charmed.sandbox('wait', '--timeout', '30'));

  const first = await addressOf('guestbook/0');
  await step('write an entry over HTTP, and read it', async () => {
    await fetch(`${first}/entries`, { method: 'POST', body: ENTRY });
    await pageHas(first, 'Welcome!', ENTRY);
  });
  show(await page(first));

  await step('change the greeting', async () => {
    await charmed.sandbox('config', 'guestbook', 'greeting=Good evening!');
    await until('the page shows the new greeting', async () => (await page(first)).includes('Good evening!'));
  });
  show(await page(first));

  const exported = await step('run the action export', () =>
    charmed.sandbox('run', 'guestbook/0', 'export', 'format=json', 'limit=5'),
  );
  show(exported);
  demand(exported.includes(ENTRY), 'the action returns the entry');

  await step('add a unit', async () => {
    await charmed.sandbox('add-unit', 'guestbook');
    await charmed.sandbox('wait', '--timeout', '30');
    await pageHas(await addressOf('guestbook/1'), 'Good evening!', ENTRY);
  });

  await step('kill -9 a running dispatch; the unit recovers with nothing lost', () => killDispatch(first));
  show(await charmed.sandbox('status', '--relations'));
}

// The hook is short, so we look as often as we can while the configuration is being set.
async function killDispatch(url: string): Promise<void> {
  const kill = async () => process.kill(await nextDispatch('guestbook/0'), 'SIGKILL');
  await Promise.all([charmed.sandbox('config', 'guestbook', 'greeting=Still here!'), kill()]);
  const failed = async () => (await charmed.sandbox('debug-log')).includes('failed: signal: killed');
  await until('the killed hook has failed', failed);
  await charmed.sandbox('wait', '--timeout', '30');
  await pageHas(url, 'Still here!', ENTRY);
}

async function nextDispatch(unit: string): Promise<number> {
  let found: number | undefined;
  const look = async () => {
    [found] = processesWith(directory, `JUJU_UNIT_NAME=${unit}`, 'src/charm.cjs');
    return found !== undefined;
  };
  await until(`a dispatch of ${unit} runs`, look);
  return found ?? 0;
}

async function addressOf(unit: string): Promise<string> {
  const status = JSON.parse(await charmed.sandbox('status', '--format', 'json'));
  const { address } = status.applications[unit.split('/')[0] ?? ''].units[unit];
  return `http://${address}:8080`;
}

/** Empty while the guestbook restarts. */
async function page(url: string): Promise<string> {
  try {
    return await (await fetch(url)).text();
  } catch {
    return '';
  }
}

async function pageHas(url: string, ...texts: readonly string[]): Promise<void> {
  const shown = await page(url);
  for (const text of texts)
    demand(shown.includes(text), `${url} shows ${JSON.stringify(text)}, but it shows:\n${shown}`);
}

function end(code: number): Promise<never> {
  ending ??= finish(code);
  return ending;
}

async function finish(code: number): Promise<never> {
  await charmed.interrupt();
  await new Charmed(state).sandbox('destroy').catch(() => undefined);
  const left = processesWith(directory);
  rmSync(directory, { recursive: true, force: true });
  if (left.length > 0) console.log(`These processes are left: ${left.join(', ')}`);
  else console.log(`\nNo process is left. ${code === 0 ? `The whole demo took ${total()}.` : ''}`);
  process.exit(left.length > 0 ? 1 : code);
}
