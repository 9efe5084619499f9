// The first test of a charm that came from Python.

import { camelCase } from './events.ts';
import type { MigrationPlan } from './plan.ts';

/** Events that need nothing beside them in a test. */
const SIMPLE = [
  'start',
  'install',
  'config-changed',
  'update-status',
  'leader-elected',
  'upgrade-charm',
  'stop',
  'remove',
];
const AFTER_EACH = 'collect-unit-status';

/** @param className that of src/charm.ts. */
export function unitTest(className: string, { handlers }: MigrationPlan): string {
  const handlerOf = (kind: string) => handlers.find(({ events }) => events.some((event) => event.kind === kind));
  const kind = SIMPLE.find(handlerOf) ?? 'update-status';
  const method = (handlerOf(kind) ?? handlerOf(AFTER_EACH))?.method;
  const run = `ctx.run(ctx.on.${camelCase(kind.replaceAll('-', '_'))}(), State.from(${className}))`;
  return `// The charm, one event at a time: a state goes in, the charm runs, and a state comes out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Context, State } from '@charmed/testing';
import { ${className} } from '../../src/charm.ts';

// Replace it by tests of what the charm does, as its handlers are ported.
test('${method === undefined ? 'the charm runs' : 'the charm runs as far as it is ported'}', async () => {
  const ctx = new Context(${className});
  ${method === undefined ? `assert.ok(await ${run})` : `await assert.rejects(${run}, /${method} is not ported yet/)`};
});
`;
}
