import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { renderTypes } from './render.ts';

const charmcraft = {
  name: 'web',
  type: 'charm',
  summary: 'A "web" server',
  description: 'Two\nlines',
  platforms: { amd64: null },
  requires: { db: { interface: 'pg', limit: 1 } },
  actions: { 'back-up': { params: { compress: { type: 'boolean', default: true } }, required: [] }, '2nd': {} },
  config: { options: { 'log-level': { type: 'string', default: 'it\u2028s' } } },
} as unknown as Charmcraft;

test('the metadata becomes a constant of literals, with a name for the event of each action', () => {
  assert.equal(
    renderTypes(charmcraft),
    `// Made from charmcraft.yaml by \`charmed types\`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base, type ActionEvent } from '@charmed/ops';

export const meta = {
  name: "web",
  summary: "A \\"web\\" server",
  description: "Two\\nlines",
  requires: {
    db: {
      interface: "pg",
      limit: 1,
    },
  },
  actions: {
    "back-up": {
      params: {
        compress: {
          type: "boolean",
          default: true,
        },
      },
      required: [],
    },
    "2nd": {},
  },
  config: {
    options: {
      "log-level": {
        type: "string",
        default: "it\u2028s",
      },
    },
  },
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}

export type BackUpEvent = ActionEvent<Meta, "back-up">;

export type Action2ndEvent = ActionEvent<Meta, "2nd">;
`,
  );
});

test('the order of the sections does not matter', () => {
  const reversed = Object.fromEntries(Object.entries(charmcraft).toReversed()) as unknown as Charmcraft;
  assert.equal(renderTypes(reversed), renderTypes(charmcraft));
});

test('each action has a type of its own, however alike the names are', () => {
  const names = ['action', 'a1', 'a-1', 'a--1', '2nd', 'action-2nd', 'x'];
  const rendered = renderTypes({ ...charmcraft, actions: Object.fromEntries(names.map((name) => [name, {}])) });
  const types = [...rendered.matchAll(/^export type (\w+) = ActionEvent<Meta, "(.+)">;$/gm)];
  assert.deepEqual(
    types.map(([, type, action]) => [action, type]),
    [
      ['action', 'ActionEvent2'],
      ['a1', 'A1Event'],
      ['a-1', 'A1Event2'],
      ['a--1', 'A1Event3'],
      ['2nd', 'Action2ndEvent'],
      ['action-2nd', 'Action2ndEvent2'],
      ['x', 'XEvent'],
    ],
  );
});

test('keys and values of any kind are TypeScript that means the same', async () => {
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'class', '0', '-1', 'a.b', "it's", '\u2028'),
  );
  const value = fc.jsonValue({ maxDepth: 3 });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, value, { noNullPrototype: true }), async (params) => {
      const source = renderTypes({ ...charmcraft, actions: { go: { params } } });
      const constant = /^export const meta = ([\s\S]*?) as const;$/m.exec(source)?.[1] ?? '';
      const module = `data:text/javascript,${encodeURIComponent(`export default ${constant}`)}`;
      const { default: meta } = (await import(module)) as { default: { actions: { go: { params: unknown } } } };
      assert.deepEqual(JSON.stringify(meta.actions.go.params), JSON.stringify(params));
    }),
    { numRuns: 100 },
  );
});
