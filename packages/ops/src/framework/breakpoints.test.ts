import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Breakpoints } from './breakpoints.ts';

function breakpoints(...wanted: readonly string[]) {
  const log: string[] = [];
  const logger = { log: (level: string, message: string) => void log.push(`${level} ${message}`) };
  return { breakpoints: new Breakpoints(new Set(wanted), logger), log };
}

test('nobody debugs: nothing stops, and nothing is said', () => {
  const { breakpoints: none, log } = breakpoints();
  assert.deepEqual([none.inHooks, none.isWanted('here'), none.isWanted(undefined), log], [false, false, false, []]);
});

test('a name stops there, hook in handlers, all everywhere', () => {
  const here = breakpoints('here', 'there').breakpoints;
  assert.deepEqual([here.inHooks, here.isWanted('here'), here.isWanted('there')], [false, true, true]);
  const hook = breakpoints('hook').breakpoints;
  assert.deepEqual([hook.inHooks, hook.isWanted('here')], [true, false]);
  const all = breakpoints('all').breakpoints;
  assert.deepEqual([all.inHooks, all.isWanted('here'), all.isWanted(undefined)], [true, true, true]);
});

test('a breakpoint that is passed over while somebody debugs is told', () => {
  const { breakpoints: hook, log } = breakpoints('hook', 'there');
  hook.isWanted('here');
  assert.deepEqual(log, ['WARNING Breakpoint here skipped (not found in the requested breakpoints: hook, there)']);
});

test('names that mean something else, or are none, are refused also when nobody debugs', () => {
  for (const name of ['all', 'hook', '', 'Here', 'a_b', '-a', 'a-']) {
    assert.throws(() => breakpoints().breakpoints.isWanted(name), { code: 'bad-breakpoint-name' });
  }
});
