import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DispatchEnd } from './dispatch-end.ts';

test('who asks before the end hears of it', () => {
  const end = new DispatchEnd();
  const { signal } = end;
  assert.equal(signal.aborted, false);
  end.come();
  assert.equal(signal.aborted, true);
  assert.equal(end.signal, signal);
});

test('who asks after the end finds that it has come', () => {
  const end = new DispatchEnd();
  end.come();
  assert.equal(end.signal.aborted, true);
});
