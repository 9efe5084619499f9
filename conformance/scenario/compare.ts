// What Scenario makes of transitions, and what of a result is compared.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { peerPath } from '../peers.ts';
import { META, type Case, type Result } from './case.ts';
import { kindOf } from './from-data.ts';

export async function inScenario(cases: readonly Case[]): Promise<readonly Result[]> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-scenario-'));
  const program = spawn(peerPath('python'), [join(import.meta.dirname, 'transitions.py'), directory], {
    stdio: 'pipe',
  });
  const input = cases.map(({ meta = META, state = {}, steps = [], ...given }) => {
    const { summary = '', description = '' } = meta;
    return { ...given, meta: { ...meta, summary, description }, state, steps, observed: kindOf(given.event, state) };
  });
  program.stdin.end(JSON.stringify(input));
  const [results, errors] = await Promise.all([text(program.stdout), text(program.stderr)]);
  rmSync(directory, { recursive: true });
  if (results === '') throw new Error(errors);
  return JSON.parse(results) as Result[];
}

// Messages are each language's own, and Scenario's secrets have no order.
export function comparable(result: Result | undefined): unknown {
  const { detail: _, wrapped: __, findings: ___, state, ...rest } = result ?? { seen: [] };
  const secrets = (state?.['secrets'] as readonly unknown[] | undefined)?.map(sorted);
  const texts = secrets?.map((each) => JSON.stringify(each)).toSorted();
  return JSON.parse(JSON.stringify({ ...rest, state: state && { ...state, secrets: texts } }));
}

/** With the fields of objects in one order, at any depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}

export function details(ours: Result | undefined, theirs: Result | undefined): string {
  return JSON.stringify({ ours, theirs }, undefined, 1);
}
