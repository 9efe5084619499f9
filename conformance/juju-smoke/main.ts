// `npm run juju-smoke`: for somebody who has a real controller. Packs the examples, deploys them there, goes through the demo's steps, and
// writes a report. README.md says more.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../../tools/checks/workspace.ts';
import { programs, type Programs } from './juju.ts';
import { markdownOf, type ModelOutcome, type Report, type StepOutcome } from './report.ts';
import { smoke } from './smoke.ts';

const EXAMPLES = ['kv-k8s', 'guestbook-k8s', 'noop-machine'];

const { values } = parseArgs({
  options: {
    charms: { type: 'string' },
    controller: { type: 'string', multiple: true },
    platform: { type: 'string', default: 'host' },
    report: { type: 'string', default: 'juju-smoke-report' },
    timeout: { type: 'string', default: '600' },
  },
});

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupted.abort());

const when = new Date().toISOString();
const tools = programs(interrupted.signal);
const cleaner = programs(new AbortController().signal);
const directory = mkdtempSync(join(tmpdir(), 'charmed-juju-smoke-'));
try {
  const versions = await versionsOf(tools, values.controller);
  const charms = values.charms ?? (await pack(tools, values.platform));
  const models: ModelOutcome[] = [];
  for (const controller of values.controller ?? [undefined]) {
    console.log(`On ${controller ?? 'the current controller'}:`);
    const timeoutMs = Number(values.timeout) * 1000;
    const charm = (example: string) => charmIn(charms, example);
    models.push(await smoke(tools, { controller, timeoutMs, charm, cleaner, onStep: tell }));
  }
  const passed = models.every(({ steps }) => steps.every(({ outcome }) => outcome === 'passed'));
  write({ when, passed, versions, models });
  process.exitCode = interrupted.signal.aborted ? 130 : passed ? 0 : 1;
} catch (error) {
  console.error(`juju-smoke: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function versionsOf({ juju }: Programs, controllers: readonly string[] = []): Promise<Record<string, string>> {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: repositoryRoot, encoding: 'utf8' });
  const versions: Record<string, string> = {
    charmed: commit.trim(),
    node: process.version,
    juju: (await juju('version')).trim(),
  };
  const shown = JSON.parse(await juju('show-controller', ...controllers, '--format', 'json')) as Readonly<
    Record<string, { readonly details?: { readonly 'agent-version'?: string; readonly cloud?: string } }>
  >;
  for (const [name, { details = {} }] of Object.entries(shown)) {
    versions[`controller ${name}`] = `${details['agent-version'] ?? 'unknown'} on ${details.cloud ?? 'unknown'}`;
  }
  return versions;
}

/** @returns the folder of the charms. */
async function pack({ charmed }: Programs, platform: string): Promise<string> {
  for (const example of EXAMPLES) {
    console.log(`packing ${example}`);
    await charmed('pack', join('examples', example), '--platform', platform, '--output', directory);
  }
  return directory;
}

function charmIn(folder: string, example: string): string {
  const [charm] = readdirSync(folder).filter((name) => name.startsWith(`${example}_`) && name.endsWith('.charm'));
  if (charm === undefined) throw new Error(`there is no charm of ${example} in ${folder}`);
  return resolve(folder, charm);
}

function tell({ title, outcome, seconds, text }: StepOutcome): void {
  console.log(`  ${outcome.padEnd(7)} ${seconds.toFixed(1).padStart(6)} s  ${title}`);
  if (outcome === 'failed') console.log(`    ${text?.replaceAll('\n', '\n    ')}`);
}

function write(report: Report): void {
  mkdirSync(values.report, { recursive: true });
  writeFileSync(join(values.report, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(values.report, 'report.md'), markdownOf(report));
  console.log(`${report.passed ? 'All passed' : 'Not all passed'}; the report is ${join(values.report, 'report.md')}`);
}
