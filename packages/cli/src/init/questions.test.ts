import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { askName, askProfile } from './questions.ts';

const ENTER = '\r';
const DOWN = '\u001B[B';
const CTRL_C = '\u0003';

/** A terminal at which these keys are pressed, one after the other. */
function terminal(...keys: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  setImmediate(() => {
    for (const key of keys) input.write(key);
  });
  return { input, output, shown: () => String(output.read()) };
}

test('the profile is chosen from a list', async () => {
  assert.equal(await askProfile(terminal(ENTER)), 'kubernetes');
  assert.equal(await askProfile(terminal(DOWN, ENTER)), 'machine');
});

test('the name is that of the folder unless another is entered', async () => {
  assert.equal(await askName('my-charm', terminal(ENTER)), 'my-charm');
  assert.equal(await askName('my-charm', terminal('w', 'e', 'b', ENTER)), 'web');
});

test('a name that Juju does not take is asked for again, with the reason', async () => {
  const { shown, ...at } = terminal('1', ENTER, '\u007F', 'w', ENTER);
  assert.equal(await askName('my-charm', at), 'w');
  assert.match(shown(), /it must be lower-case letters/);
});

test('Ctrl-C ends it', async () => {
  for (const ask of [askProfile, async (at: ReturnType<typeof terminal>) => await askName('my-charm', at)]) {
    const at = terminal(CTRL_C);
    await assert.rejects(ask(at), { code: 'interrupted' });
    assert.match(at.shown(), /Nothing was written\./);
  }
});
