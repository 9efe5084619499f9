// The YAML of Python ops in the state that Juju keeps. That all that PyYAML writes reads back equal is shown in `conformance/takeover`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isPythonState, readControllerState } from './controller-state.ts';
import { PythonValueError } from './errors.ts';
import { jsonImage } from './json-image.ts';
import { yamlReader } from './yaml.ts';

// As ops 3.9 writes them.
const STATE = {
  '#notices#': `- !!python/tuple ['WebCharm/on/config_changed[3]', WebCharm, _on_config_changed]
- !!python/tuple ['WebCharm/Db[db]/on/ready[7]', WebCharm, _on_ready]
`,
  'StoredStateData[_stored]': '{event_count: 7}\n',
  'WebCharm/StoredStateData[_stored]': `big: 9007199254740993
bytes: !!binary |
  AP8=
names: !!set {a: null, b: null}
ratio: 0.5
shared:
- &id001 [n, 'yes']
- *id001
tuple: !!python/tuple
- 1
- !!python/tuple [x, null]
`,
  'WebCharm/on/config_changed[3]': '{}\n',
  theirs: '!!python/object/apply:os.system [id]',
};

test('notices come in their order, snapshots when they are asked for, and what the charm keeps itself is left alone', async () => {
  assert.ok(isPythonState(STATE));
  assert.ok(!isPythonState({ theirs: 'x' }));
  const { notices, snapshots } = await readControllerState(STATE);
  assert.deepEqual(
    notices.map(({ eventPath, method }) => [eventPath, method]),
    [
      ['WebCharm/on/config_changed[3]', '_on_config_changed'],
      ['WebCharm/Db[db]/on/ready[7]', '_on_ready'],
    ],
  );
  assert.deepEqual([...snapshots.keys()], Object.keys(STATE).slice(1, 4));
  assert.deepEqual(
    snapshots.get('WebCharm/StoredStateData[_stored]')?.(),
    new Map<string, unknown>([
      ['big', 9_007_199_254_740_993n],
      ['bytes', Uint8Array.of(0, 255)],
      ['names', new Set(['a', 'b'])],
      ['ratio', 0.5],
      [
        'shared',
        [
          ['n', 'yes'],
          ['n', 'yes'],
        ],
      ],
      ['tuple', [1n, ['x', null]]],
    ]),
  );
});

test('notices that cannot be read are told with what to do', async () => {
  for (const notices of ['- !!python/tuple [', '- !!python/object/apply:os.system [id]']) {
    await assert.rejects(readControllerState({ ...STATE, '#notices#': notices }), {
      code: 'python-store-failed',
      message: /^cannot take over the deferred events of Python ops in .*#notices#.*left as it is.*state-delete/,
    });
  }
});

test('what is said of YAML that cannot be read has nothing of it in it', async () => {
  const read = await yamlReader();
  for (const broken of ['password: [hunter2', 'password: "hunter2', 'password: hunter2: x']) {
    assert.throws(
      () => read(broken),
      (error: Error) =>
        error instanceof PythonValueError && /at line \d+/.test(error.message) && !/hunter2/.test(error.message),
    );
  }
});

test('tags of Python that would build something else are refused', async () => {
  const read = await yamlReader();
  for (const tag of [
    '!!python/object/apply:os.system [id]',
    '!!python/name:os.system',
    '!!timestamp 2030-01-02',
    '!x 1',
  ]) {
    assert.throws(() => read(tag), { code: 'bad-yaml' }, tag);
  }
});

test('hostile YAML gives a typed error, and soon', async () => {
  const read = await yamlReader();
  const levels = Array.from({ length: 40 }, (_, level) => `- &a${level + 1} [*a${level}, *a${level}]\n`);
  const bomb = `bomb:\n- &a0 [${'x'.repeat(1000)}]\n${levels.join('')}`;
  assert.throws(() => jsonImage(read(bomb)), { code: 'no-json-image', message: /larger than/ });
  assert.throws(() => jsonImage(read(`a: &a [*a]`)), PythonValueError);
  assert.throws(() => jsonImage(read(`a: ${'['.repeat(30_000)}`)), PythonValueError);
  const text = STATE['WebCharm/StoredStateData[_stored]'];
  const change = fc.record({
    at: fc.nat(text.length - 1),
    to: fc.string({ unit: 'binary', minLength: 0, maxLength: 2 }),
  });
  fc.assert(
    fc.property(change, ({ at, to }) => {
      try {
        jsonImage(read(text.slice(0, at) + to + text.slice(at + 1)));
      } catch (error) {
        assert.ok(error instanceof PythonValueError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});
