import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edited } from './edit.ts';

const TEXT = 'one\n  two\nthree\n';

test('lines come and go where the context fits', () => {
  assert.equal(edited(TEXT, ' one\n-  two\n+  $&\n'), 'one\n  $&\nthree\n');
  assert.equal(edited(TEXT, '-one\n@@\n three\n+four\n'), '  two\nthree\nfour\n');
});

test('without context, lines come at the end', () => {
  assert.equal(edited(TEXT, '+four\n+\n'), `${TEXT}four\n\n`);
});

test('a context that fits nowhere, or twice, is refused', () => {
  assert.throws(() => edited(TEXT, ' two\n+x\n'), /^Error: the change fits 0 places:\n two/);
  assert.throws(() => edited('a\nb\na\n', ' a\n+x\n'), /fits 2 places/);
});
