import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { fixtureTree } from './fixture.ts';
import { layerBreaches } from './layers.ts';

const source = (path: string) => ({ '@charmed/source': `./src/${path}.ts` });
const manifests = {
  'packages/ops/package.json': JSON.stringify({
    name: '@charmed/ops',
    exports: { '.': source('index'), './internal': source('internal') },
    dependencies: { yaml: '1' },
  }),
  'packages/sim/package.json': JSON.stringify({
    name: '@charmed/sim',
    exports: { './juju': source('juju/index') },
    dependencies: { '@charmed/ops': '1' },
  }),
};

function breachesOf(t: TestContext, files: Record<string, string>): string[] {
  return layerBreaches(fixtureTree(t, { ...manifests, ...files }));
}

test('a layer may use the layers below it', (t) => {
  const breaches = breachesOf(t, {
    'packages/ops/src/main.ts': "import '../src/run.ts';\nconst io = import('./io/net.ts');",
    'packages/ops/src/run.ts': "import type { Model } from './model/model.ts';",
    'packages/ops/src/model/model.ts': "import './app.ts';\nimport '../errors.ts';",
    'packages/ops/src/model/app.ts': "import { parse } from 'yaml';",
    'packages/ops/src/io/net.ts': "import net from 'node:net';",
    'packages/ops/src/index.ts': "export { main } from './main.ts';",
    'packages/ops/src/errors.ts': '',
  });
  assert.deepEqual(breaches, []);
});

const forbiddenInOps = {
  'an upper layer': ['juju/a.ts', "import type { M } from '../model/m.ts';", 'model is above juju'],
  'a sibling': ['model/a.ts', "import '../framework/f.ts';", 'model and framework are siblings'],
  'a door': ['model/a.ts', "import '../internal.ts';", 'a door for other packages'],
  'a door by its name': ['model/a.ts', "import '@charmed/ops';", 'a door for other packages'],
  "Node's own modules outside io": ['model/a.ts', "import { readFileSync } from 'fs';", 'belong in io/'],
  'a folder that is not in the picture': ['util/a.ts', "import '../errors.ts';", 'util, which is not in the picture'],
  'what is not a dependency': ['io/a.ts', "import ws from 'ws';", 'ws is not among the dependencies'],
} as const;

for (const [what, [path, text, reason]] of Object.entries(forbiddenInOps)) {
  test(`ops may not import ${what}`, (t) => {
    const [first, ...others] = breachesOf(t, {
      [`packages/ops/src/${path}`]: text,
      'packages/ops/src/index.ts': '',
    });
    assert.ok(first?.startsWith(`packages/ops/src/${path}:1 `) && first.includes(reason), first);
    assert.deepEqual(others, []);
  });
}

test('operations may import AsyncLocalStorage, and nothing else of Node', (t) => {
  const breaches = breachesOf(t, {
    'packages/ops/src/operations/a.ts': "import { AsyncLocalStorage } from 'node:async_hooks';",
    'packages/ops/src/operations/b.ts': "import { AsyncResource } from 'node:async_hooks';",
  });
  assert.equal(breaches.length, 1);
  assert.match(breaches[0] ?? '', /operations\/b\.ts/);
});

test('tests are free of the layers, and not of the rules between packages', (t) => {
  const breaches = breachesOf(t, {
    'packages/ops/src/juju/a.test.ts': "import { test } from 'node:test';\nimport '../run.ts';\nimport 'fast-check';",
    'packages/ops/test/flow.test.ts': "import '@charmed/sim/juju';",
    'packages/sim/src/juju/index.ts': '',
  });
  assert.equal(breaches.length, 1);
  assert.match(breaches[0] ?? '', /flow\.test\.ts:1 .*@charmed\/sim is not among the dependencies/);
});

test('other packages are entered by an exported name alone', (t) => {
  const breaches = breachesOf(t, {
    'packages/ops/src/errors.ts': '',
    'packages/sim/src/a.ts': "import '../../ops/src/errors.ts';",
    'packages/sim/src/b.ts': "import '@charmed/ops/src/errors.ts';",
  });
  assert.equal(breaches.length, 2);
  assert.match(breaches[0] ?? '', /a\.ts:1 .*outside its package/);
  assert.match(breaches[1] ?? '', /b\.ts:1 .*does not export/);
});

test('tests may use the helpers of the tests of a package that theirs depends on', (t) => {
  const breaches = breachesOf(t, {
    'packages/sim/test/a.test.ts': "import '../../ops/test/b.ts';",
    'packages/sim/src/c.ts': "import '../../ops/test/b.ts';",
    'packages/ops/test/d.test.ts': "import '../../sim/test/e.ts';",
    'packages/ops/test/b.ts': '',
    'packages/sim/test/e.ts': '',
  });
  assert.deepEqual(
    breaches.map((breach) => breach.split(' ')[0]),
    ['packages/ops/test/d.test.ts:1', 'packages/sim/src/c.ts:1'],
  );
});

test('tests of the examples may use what lies beside them', (t) => {
  const breaches = breachesOf(t, {
    'examples/a/package.json': JSON.stringify({ name: 'a' }),
    'examples/a/test/a.test.ts': "import '../../helper.ts';",
    'examples/a/src/a.ts': "import '../../helper.ts';",
    'examples/helper.ts': '',
  });
  assert.deepEqual(
    breaches.map((breach) => breach.split(' ')[0]),
    ['examples/a/src/a.ts:1'],
  );
});

test('packages depend in one direction', (t) => {
  const ops = { name: '@charmed/ops', dependencies: { '@charmed/sim': '1' } };
  const breaches = breachesOf(t, { 'packages/ops/package.json': JSON.stringify(ops) });
  assert.deepEqual(breaches, ['@charmed/ops must not depend on @charmed/sim']);
});

test('cycles are found across files, by types alone too', (t) => {
  const breaches = breachesOf(t, {
    'packages/sim/src/juju/index.ts': "export { a } from './a.ts';",
    'packages/sim/src/juju/a.ts': "import type { B } from './b.ts';",
    'packages/sim/src/juju/b.ts': "import { a } from '@charmed/sim/juju';",
  });
  assert.equal(breaches.length, 1);
  assert.match(breaches[0] ?? '', /^import cycle: (packages\/sim\/src\/juju\/\w+\.ts( -> )?){4}$/);
});
