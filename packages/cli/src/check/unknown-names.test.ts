// Names in the code: what is found, however it is written, and what is not taken for one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSync } from 'rolldown/utils';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { callsMain, readNames } from './code-file.ts';
import { unknownNames } from './unknown-names.ts';

const charmcraft: Charmcraft = {
  name: 'web',
  type: 'charm',
  summary: 'A web server',
  description: 'Serves',
  requires: { db: { interface: 'sql' } },
  peers: { cluster: { interface: 'web_peers' } },
  containers: { web: {} },
  storage: { data: { type: 'filesystem' } },
  resources: { image: { type: 'oci-image' } },
  actions: { backup: {} },
  'extra-bindings': { admin: null },
};

/** The names that are found in files of src, as `file: what "name"`. */
function found(files: Readonly<Record<string, string>>): readonly string[] {
  const parsed = Object.entries(files).map(([name, code]) => {
    const file = `src/${name}`;
    const { program, errors } = parseSync(file, code);
    assert.deepEqual(errors, []);
    return readNames({ file, code, program });
  });
  return unknownNames(parsed, charmcraft).map(({ file, message }) => {
    const [, what] = /^charmcraft\.yaml has no (.* "[^"]*");/.exec(message) ?? [];
    return `${file.slice('src/'.length)}: ${what}`;
  });
}

const shown: readonly [how: string, code: string][] = [
  ['plainly', `this.on.relation('x').changed;`],
  ['of another object', `charm.on.relation("x");`],
  ['in a template without expressions', 'this.on.relation(`x`);'],
  ['through brackets', `this['on']['relation']('x');`],
  ['with what only the compiler needs', `(this.on as any)!.relation('x' as const);`],
  ['behind a question mark', `this?.on?.relation?.('x');`],
  ['over several lines, with comments', `this\n  .on // events\n  .relation(\n    /* which */ 'x',\n  );`],
  ['through a constant', `const X = 'x';\nclass C { m() { this.on.relation(X); } }`],
  ['through a constant that is defined later', `class C { m() { this.on.relation(X); } }\nconst X = 'x' as const;`],
  ['through an alias of its events', `const events = this.on;\nevents.relation('x');`],
  ['through an alias that a pattern takes out', `const { on } = this;\non.relation('x');`],
  ['through a renamed one', `const { on: events } = charm;\nevents.relation('x');`],
  ['by the model', `await this.model.relation('x'); `],
];

for (const [how, code] of shown) {
  test(`an endpoint that is named ${how} is found`, () => {
    assert.deepEqual(found({ 'charm.ts': code }), ['charm.ts: endpoint "x"']);
  });
}

test('each kind of name is looked up where it is declared', () => {
  const code = `
    this.on.container('db'); this.on.storage('web'); this.on.action('data'); this.unit.container('image');
    this.model.relations('admin'); this.model.storages('db'); this.model.requestStorages('x', 2); this.model.fetchResource('data');
    this.model.binding('web'); this.model.unit.container('x');`;
  assert.deepEqual(found({ 'charm.ts': code }), [
    'charm.ts: container "db"',
    'charm.ts: storage "web"',
    'charm.ts: action "data"',
    'charm.ts: container "image"',
    'charm.ts: endpoint "admin"',
    'charm.ts: storage "db"',
    'charm.ts: storage "x"',
    'charm.ts: resource "data"',
    'charm.ts: endpoint or extra binding "web"',
    'charm.ts: container "x"',
  ]);
});

test('a constant of another file is followed, under another name too', () => {
  const names = `export const DB = 'dbb', WEB = 'web';`;
  const charm = `import { DB as DATABASE, WEB } from './lib/names.ts';
    this.on.relation(DATABASE); this.on.container(WEB);`;
  assert.deepEqual(found({ 'charm.ts': charm, 'lib/names.ts': names }), ['charm.ts: endpoint "dbb"']);
});

test('what is declared passes, as does what Juju has for every charm', () => {
  const code = `
    this.on.relation('db'); this.on.relation('cluster'); this.on.container('web'); this.on.storage('data'); this.on.action('backup');
    this.model.binding('admin'); this.model.binding('db'); this.model.binding('juju-info'); this.model.fetchResource('image');`;
  assert.deepEqual(found({ 'charm.ts': code }), []);
});

const silent: readonly [what: string, code: string][] = [
  [
    'a name that only running tells',
    `this.on.relation(name); this.on.relation('a' + b); this.on.relation(\`\${a}-db\`);`,
  ],
  ['a parameter that hides a constant', `const x = 'x';\nfunction observe(charm, x) { charm.on.relation(x); }`],
  ['a constant of which there are two', `{ const x = 'x'; }\n{ const x = 'db'; this.on.relation(x); }`],
  ['comments and texts', `// this.on.relation('x')\nconst help = "this.on.relation('x')";`],
  [
    'methods of the same name of something else',
    `map.relation('x'); this.docker.container('x'); relation('x'); emitter.on('x');`,
  ],
  ['no argument, or a spread one', `this.on.relation(); this.on.relation(...names);`],
  ['names of every object', `this.on.toString('x'); this.on.constructor('x'); this.on.__proto__('x');`],
];

for (const [what, code] of silent) {
  test(`${what}: nothing is found`, () => assert.deepEqual(found({ 'charm.ts': code }), []));
}

const OPS = `import { CharmBase, main } from '@charmed/ops';`;
const mains: readonly [code: string, isCalled: boolean][] = [
  [`${OPS}\nif (import.meta.main) await main(C);`, true],
  [`import { main as run } from '@charmed/ops';\nawait run(C);`, true],
  [`import * as ops from '@charmed/ops';\nvoid ops.main(C);`, true],
  [`${OPS}\nexport class C extends CharmBase {}`, false],
  [`${OPS}\n// await main(C);`, false],
  [`import { main } from './main.ts';\nawait main(C);`, false],
  [`import * as ops from '@charmed/ops';\nawait main(C);`, false],
];

test('whether main is called', () => {
  for (const [code, isCalled] of mains) {
    assert.equal(
      callsMain({ file: 'src/charm.ts', code, program: parseSync('src/charm.ts', code).program }),
      isCalled,
      code,
    );
  }
});
