import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCharmClass } from './charm-class.ts';
import { parsePython } from './syntax.ts';

function read(...codes: readonly string[]) {
  return readCharmClass(codes.map((code, index) => parsePython(`${index}.py`, code)));
}

/** A charm whose constructor has these lines. */
function charm(...lines: readonly string[]): string {
  return `class Web(CharmBase):\n  def __init__(self, framework):\n    super().__init__(framework)\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function observed(...lines: readonly string[]): readonly string[] {
  const { observations = [], unread = [] } = read(charm(...lines)) ?? {};
  return [
    ...observations.map(
      ({ event: { key, name }, handler }) => `${key === undefined ? '' : `${key}/`}${name} ${handler}`,
    ),
    ...unread.map(({ code }) => `? ${code}`),
  ];
}

test('the charm is the class that main is given, else the last that extends CharmBase', () => {
  const two = 'class A(ops.CharmBase): pass\nclass B(A): pass\nclass Other: pass\n';
  assert.equal(read(two)?.className, 'B');
  assert.equal(read(`${two}ops.main(A)\n`)?.className, 'A');
  assert.equal(read('class Base(CharmBase): pass\n', 'class Web(Base): pass\nmain(Web)\n')?.file, '1.py');
  assert.equal(read('class A: pass\n'), undefined);
  assert.equal(read(), undefined);
});

test('loops over what is written in the code are followed', () => {
  assert.deepEqual(
    observed('for event, handler in ((self.on.start, self._a), (self.on.stop, self._b)):', '  observe(event, handler)'),
    ['start _a', 'stop _b'],
  );
  assert.deepEqual(
    observed(
      'for name in ["db", "web"]:',
      '  for kind in [self._a, self._b]:',
      '    observe(self.on[name].relation_broken, kind)',
    ),
    ['db/relation_broken _a', 'db/relation_broken _b', 'web/relation_broken _a', 'web/relation_broken _b'],
  );
  assert.deepEqual(observed('for event in events():', '  observe(event, self._a)'), ['? observe(event, self._a)']);
  assert.deepEqual(observed('for a, b in [self.on.start]:', '  observe(a, b)'), ['? observe(a, b)']);
});

test('variables count when they have one value', () => {
  assert.deepEqual(observed('event = self.on.start', 'observe(event, self._a)'), ['start _a']);
  const twice = observed('event = self.on.start', 'event = self.on.stop', 'observe(event, self._a)');
  assert.deepEqual(twice, ['? observe(event, self._a)']);
  assert.deepEqual(observed('event = event', 'observe(event, self._a)'), ['? observe(event, self._a)']);
});

test('handlers that are no methods, and events of others, are not taken for the charm’s', () => {
  for (const call of [
    'observe(self.on.start, lambda e: None)',
    'observe(self.on.start, self.other.handle)',
    'observe(self.database.on.database_created, self._a)',
    'observe(getattr(self.on, "start"), self._a)',
    'observe(self.on.start)',
    'observe()',
  ]) {
    assert.deepEqual(observed(call), [`? ${call}`]);
  }
});

test('no text makes it fail', () => {
  const word = fc.constantFrom(
    'class A(CharmBase):',
    '\n',
    '  ',
    'observe(',
    ')',
    'self.on.',
    '[',
    ']',
    '"',
    "'",
    'for a in',
    ':',
    'x',
    '=',
    'def f(self):',
    '#',
    '{',
    '}',
  );
  fc.assert(fc.property(fc.array(word, { maxLength: 40 }), (words) => void read(words.join(' '))));
  fc.assert(fc.property(fc.string(), (text) => void read(text)));
});
