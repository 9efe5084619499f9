// The JSON body of a request, with the errors of Go's encoding/json for what has the wrong type.

import type { Readable } from 'node:stream';
import { reasonOf } from '@charmed/ops/internal';
import { badRequest } from '../engine/errors.ts';

const maxBytes = 16 * 1024 * 1024;

/** `purpose` begins the message when it cannot be read. @throws PebbleError */
export async function readBody(request: Readable, purpose = 'cannot decode request body'): Promise<Payload> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw badRequest(`${purpose}: it is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return parseBody(Buffer.concat(chunks).toString(), purpose);
}

/** @throws PebbleError */
export function parseBody(text: string, purpose: string): Payload {
  if (text.trim() === '') throw badRequest(`${purpose}: EOF`);
  try {
    return new Payload(JSON.parse(text), '', purpose);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const isCutShort = error.message.startsWith('Unexpected end') || error.message.includes(`position ${text.length} `);
    throw badRequest(`${purpose}: ${isCutShort ? 'unexpected EOF' : reasonOf(error)}`);
  }
}

/** A JSON object whose fields are read one by one. As in Go, what is null or not there has the zero value. */
export class Payload {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #purpose: string;

  constructor(value: unknown, path: string, purpose: string) {
    this.#path = path;
    this.#purpose = purpose;
    if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
      throw badRequest(`${purpose}: json: cannot unmarshal ${jsonKind(value)} into Go value of type struct`);
    }
    this.#fields = { ...value };
  }

  text(key: string): string {
    const value = this.#get(key) ?? '';
    return typeof value === 'string' ? value : this.#refuse(key, value, 'string');
  }

  /** `undefined` also for ''. */
  optionalText(key: string): string | undefined {
    return this.text(key) || undefined;
  }

  flag(key: string): boolean {
    const value = this.#get(key) ?? false;
    return typeof value === 'boolean' ? value : this.#refuse(key, value, 'bool');
  }

  optionalInteger(key: string): number | undefined {
    const value = this.#get(key);
    if (value === undefined) return undefined;
    return Number.isInteger(value) ? (value as number) : this.#refuse(key, value, 'int');
  }

  texts(key: string): readonly string[] {
    return this.#list(key, '[]string').map((item) => {
      return typeof item === 'string' ? item : this.#refuse(key, item, 'string');
    });
  }

  objects(key: string): readonly Payload[] {
    return this.#list(key, '[]struct').map((item) => new Payload(item, `${this.#path}.${key}`, this.#purpose));
  }

  /** `undefined` also for null. */
  optionalObject(key: string): Payload | undefined {
    const value = this.#get(key);
    return value === undefined ? undefined : new Payload(value, `${this.#path}.${key}`, this.#purpose);
  }

  /** A mapping to objects and nulls. */
  optionalObjects(key: string): ReadonlyMap<string, Payload | null> {
    const value = this.#get(key) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) return this.#refuse(key, value, 'map[string]*struct');
    const read = (item: unknown) => (item === null ? null : new Payload(item, `${this.#path}.${key}`, this.#purpose));
    return new Map(Object.entries(value).map(([name, item]) => [name, read(item)]));
  }

  dictionary(key: string): Readonly<Record<string, string>> {
    const value = this.#get(key) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) return this.#refuse(key, value, 'map[string]string');
    const entries = Object.entries(value).map(([name, item]: [string, unknown]) => {
      return [name, typeof item === 'string' ? item : this.#refuse(key, item, 'string')];
    });
    return Object.fromEntries(entries) as Record<string, string>;
  }

  #get(key: string): unknown {
    return Object.hasOwn(this.#fields, key) ? (this.#fields[key] ?? undefined) : undefined;
  }

  #list(key: string, goType: string): readonly unknown[] {
    const value = this.#get(key) ?? [];
    return Array.isArray(value) ? value : this.#refuse(key, value, goType);
  }

  #refuse(key: string, value: unknown, goType: string): never {
    const field = `${this.#path}.${key} of type ${goType}`;
    throw badRequest(`${this.#purpose}: json: cannot unmarshal ${jsonKind(value)} into Go struct field ${field}`);
  }
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
