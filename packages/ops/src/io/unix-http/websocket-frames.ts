// Frames of a websocket, as a client writes and reads them (RFC 6455).

import type { ByteSource } from '../../pebble/byte-source.ts';
import { PebbleProtocolError } from '../../pebble/errors.ts';

export const OPCODES = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly opcode: number;
  /** Whether the message ends with it. */
  readonly isFinal: boolean;
  readonly payload: Buffer;
}

const FINAL = 0x80;
const RESERVED = 0x70;
const OPCODE = 0x0f;
const MASKED = 0x80;
const LENGTH = 0x7f;
/** Lengths that say that the length follows, in two bytes and in eight. */
const [IN_TWO, IN_EIGHT] = [126, 127];
/** Of a ping, a pong or a close. */
const MAX_CONTROL_BYTES = 125;

/** What goes before the payload of a message in one frame. */
export function frameHead(opcode: number, length: number): Uint8Array {
  // A mask keeps programs in between from taking the payload for something else. Here is nobody in between, and zeros change nothing.
  const mask = [0, 0, 0, 0];
  if (length < IN_TWO) return Uint8Array.of(FINAL | opcode, MASKED | length, ...mask);
  const extended = Buffer.alloc(length > 0xff_ff ? 8 : 2);
  if (extended.length === 2) extended.writeUInt16BE(length);
  else extended.writeBigUInt64BE(BigInt(length));
  const size = extended.length === 2 ? IN_TWO : IN_EIGHT;
  return Uint8Array.of(FINAL | opcode, MASKED | size, ...extended, ...mask);
}

/** @throws PebbleProtocolError for a frame that no server may send, or one of more than so many bytes. */
export async function readFrame(source: ByteSource, maxBytes: number): Promise<Frame> {
  const [first = 0, second = 0] = await source.take(2);
  const opcode = first & OPCODE;
  const isFinal = (first & FINAL) !== 0;
  const length = await lengthOf(source, second & LENGTH);
  const isControl = opcode >= OPCODES.close;
  const isKnown = Object.values<number>(OPCODES).includes(opcode);
  if (!isKnown || first & RESERVED || second & MASKED) throw malformed('a frame is not as a server may send it');
  if (isControl && (!isFinal || length > MAX_CONTROL_BYTES)) throw malformed('a control frame is too long');
  if (length > maxBytes) throw malformed(`a frame has ${length} bytes`);
  return { opcode, isFinal, payload: await source.take(length) };
}

async function lengthOf(source: ByteSource, length: number): Promise<number> {
  if (length === IN_TWO) return (await source.take(2)).readUInt16BE();
  if (length === IN_EIGHT) return Number((await source.take(8)).readBigUInt64BE());
  return length;
}

function malformed(reason: string): PebbleProtocolError {
  return new PebbleProtocolError(`cannot read from a websocket of Pebble: ${reason}`);
}
