// How notices and states lie in the state that Juju keeps for a unit: a text for each, cut so that it fits.
//
// `charmed/notices` holds all notices, `charmed/state/<handle>` the handle and fields of a stored state. The text is JSON in ASCII, behind
// the format and the number of its pieces; pieces beyond the first are under `<key>#2`, `<key>#3`...

import { OpsError } from '../errors.ts';
import type { JsonObject } from '../framework/json.ts';
import type { LoadedContents, Notice, StoreContents } from '../framework/store.ts';

const FORMAT = 1;
/** Juju's limits (juju/juju, core/quota and apiserver): 256 bytes a key, 65,536 a value. */
const MAX_KEY_BYTES = 256;
const PIECE_BYTES = 65_000;
const PIECE_SUFFIX_BYTES = 8;

const NOTICES = 'charmed/notices';
const STATE = 'charmed/state/';

/** Something stored, under a name that says what it is. */
export interface Entry {
  readonly name: string;
  readonly key: string;
  readonly text: string;
}

export function entriesOf({ notices, states }: StoreContents): readonly Entry[] {
  const deferred = { name: `${notices.length} deferred events`, key: NOTICES, text: ascii(notices) };
  const stored = [...states].map(([handle, data]) => ({
    name: handle,
    key: keyOf(`${STATE}${handle}`),
    text: ascii([handle, data]),
  }));
  return [deferred, ...stored];
}

/** The values of an entry by their keys. */
export function piecesOf({ key, text }: Entry): readonly (readonly [key: string, value: string])[] {
  const count = Math.max(1, Math.ceil(text.length / PIECE_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const piece = text.slice(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
    return index === 0 ? [key, `${FORMAT} ${count} ${piece}`] : [`${key}#${index + 1}`, piece];
  });
}

export function isOurs(key: string): boolean {
  return key.startsWith('charmed/');
}

/** @throws SyntaxError when what is stored cannot be read, OpsError `store-too-new` when a newer version has written it. */
export function contentsOf(values: Readonly<Record<string, string>>): LoadedContents {
  const keys = Object.keys(values);
  if (!keys.some(isOurs)) return { notices: [], states: new Map(), isNew: true };
  const notices = keys.includes(NOTICES) ? (textAt(values, NOTICES) as readonly Notice[]) : [];
  const states = keys.filter((key) => key.startsWith(STATE) && !/#\d+$/.test(key));
  return { notices, states: new Map(states.map((key) => textAt(values, key) as [string, JsonObject])) };
}

function textAt(values: Readonly<Record<string, string>>, key: string): unknown {
  const [, format, count, first = ''] = /^(\d+) (\d+) (.*)$/s.exec(values[key] ?? '') ?? [];
  if (format === undefined) throw new SyntaxError(`${key} does not begin with its format`);
  if (Number(format) > FORMAT) {
    throw new OpsError(
      'store-too-new',
      `cannot read the state that Juju keeps for the unit: ${key} has format ${format}, and this version of @charmed/ops knows up to ${FORMAT}. Refresh to a charm with a newer one.`,
    );
  }
  const rest = Array.from({ length: Number(count) - 1 }, (_, index) => values[`${key}#${index + 2}`]);
  const missing = rest.findIndex((piece) => piece === undefined);
  if (missing !== -1) throw new SyntaxError(`${key}#${missing + 2} is missing`);
  return JSON.parse(first + rest.join(''));
}

// What counts against Juju's limits are bytes: in ASCII a text can be cut anywhere.
function ascii(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007F-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// A name that ends like a piece is hashed too, so that it is not taken for one.
function keyOf(name: string): string {
  const fits = Buffer.byteLength(name) <= MAX_KEY_BYTES - PIECE_SUFFIX_BYTES;
  if (fits && !/#\d+$/.test(name)) return name;
  const { createHash } = process.getBuiltinModule('node:crypto');
  return `${STATE}sha256/${createHash('sha256').update(name).digest('hex')}`;
}
