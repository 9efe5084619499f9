// The head of an answer of Pebble (RFC 9112), read strictly: what is not as Go or Node write it is no HTTP.

import type { ByteSource } from '../../pebble/byte-source.ts';
import { PebbleProtocolError } from '../../pebble/errors.ts';

const PROTOCOL = Buffer.from('HTTP/1.');
const END = Buffer.from('\r\n\r\n');
const MAX_BYTES = 64 * 1024;

export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** How many bytes the body has, or how its end is told. */
  readonly length: number | 'chunked' | 'until-close';
  /** Whether the connection can take another request. */
  readonly staysOpen: boolean;
}

/** The head of the final answer: interim ones are passed over. @throws PebbleProtocolError when it is no HTTP. */
export async function readResponseHead(source: ByteSource): Promise<ResponseHead> {
  for (;;) {
    const start = await source.take(PROTOCOL.length);
    if (!start.equals(PROTOCOL)) throw notHttp(`it begins with ${JSON.stringify(start.toString('latin1'))}`);
    const rest = await source.takeUntil(END, MAX_BYTES);
    const head = parseResponseHead(`${PROTOCOL.toString()}${rest.toString('latin1')}`);
    if (!head) throw notHttp('its head is malformed');
    const isInterim = head.status < 200 && head.status !== 101;
    if (!isInterim) return head;
  }
}

export function notHttp(reason: string): PebbleProtocolError {
  return new PebbleProtocolError(`cannot read Pebble's answer: what comes from its socket is not HTTP: ${reason}`);
}

/** @param text without the empty line at its end. Returns `undefined` for what is no HTTP. */
export function parseResponseHead(text: string): ResponseHead | undefined {
  const [first = '', ...lines] = text.split('\r\n');
  const [, version, code, statusText = ''] = /^HTTP\/1\.([01]) (\d{3})(?: ([^\r\n]*))?$/.exec(first) ?? [];
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(line) ?? [];
    if (name === '') return undefined;
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  const status = Number(code);
  const length = lengthOf(status, headers);
  if (code === undefined || length === undefined) return undefined;
  const connection = headers.get('connection')?.toLowerCase();
  const staysOpen = length !== 'until-close' && connection !== 'close' && version === '1';
  return { status, statusText, headers: Object.fromEntries(headers), length, staysOpen };
}

function lengthOf(status: number, headers: ReadonlyMap<string, string>): ResponseHead['length'] | undefined {
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (status < 200 || status === 204 || status === 304) return 0;
  if (coding !== undefined) return length === undefined && coding.toLowerCase() === 'chunked' ? 'chunked' : undefined;
  if (length === undefined) return 'until-close';
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}
