import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fixtureTree } from './fixture.ts';
import { importsOf } from './imports.ts';

function importsIn(t: TestContext, text: string) {
  return importsOf(join(fixtureTree(t, { 'a.ts': text }), 'a.ts'));
}

test('every form of import counts', (t) => {
  const text = [
    "import { b } from './b.ts';",
    "import type { C } from './c.ts';",
    "import './d.ts';",
    "export { e } from './e.ts';",
    "export type { F } from './f.ts';",
    "const g = await import('./g.ts');",
  ].join('\n');
  const found = importsIn(t, text).map(({ specifier, line }) => `${line} ${specifier}`);
  assert.deepEqual(found.toSorted(), ['1 ./b.ts', '2 ./c.ts', '3 ./d.ts', '4 ./e.ts', '5 ./f.ts', '6 ./g.ts']);
});

test('names what an import takes', (t) => {
  const [named, all] = importsIn(t, "import { a, type B as C } from './x.ts';\nimport * as y from './y.ts';");
  assert.deepEqual(named?.names, ['a', 'B']);
  assert.deepEqual(all?.names, []);
});

test('text that looks like an import is none', (t) => {
  const text = "// import './a.ts'\nconst text = `\nimport b from './b.ts';\n`;\nexport const c = text;";
  assert.deepEqual(importsIn(t, text), []);
});
