import assert from 'node:assert/strict';
import { test } from 'node:test';
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
