// Reads the pickles that Python ops writes into its store: simple values, in the protocols 3 to 5 that Python's `pickle.dumps` has
// had by default. A pickle is a program for a stack machine; the opcodes that import and call are not known to this one.
// Follows https://github.com/python/cpython/blob/main/Lib/pickletools.py, which says what each opcode does.

import { PythonValueError } from './errors.ts';
import { OPCODES, refusedOpcode, type Opcode } from './opcodes.ts';
import { PickleBytes } from './pickle-bytes.ts';
import type { PythonDict, PythonSet, PythonValue } from './python-value.ts';

const PROTOCOLS = [3, 4, 5];

/** @throws PythonValueError `bad-pickle` or `pickle-not-simple` */
export function readPickle(pickle: Uint8Array): PythonValue {
  return new Machine(pickle).run();
}

class Machine {
  readonly #bytes: PickleBytes;
  readonly #stack: PythonValue[] = [];
  /** Where on the stack the values begin that the next opcode of a collection takes. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PythonValue>();

  constructor(pickle: Uint8Array) {
    this.#bytes = new PickleBytes(pickle);
  }

  run(): PythonValue {
    this.#requireProtocol();
    for (let opcode = this.#bytes.uint8(); opcode !== OPCODES.STOP; opcode = this.#bytes.uint8()) this.#step(opcode);
    const value = this.#pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) throw bad('it leaves values behind');
    if (this.#bytes.left > 0) throw bad('it goes on after its end');
    return value;
  }

  #requireProtocol(): void {
    const isMarked = this.#bytes.uint8() === OPCODES.PROTO;
    const protocol = isMarked ? this.#bytes.uint8() : 'an early one';
    if (PROTOCOLS.includes(Number(protocol))) return;
    throw new PythonValueError('bad-pickle', `its protocol is ${protocol}, not 3, 4 or 5; Python ops writes no other`);
  }

  #step(opcode: number): void {
    const handler = HANDLERS.get(opcode);
    if (handler) {
      handler(this, this.#bytes);
      return;
    }
    const name = refusedOpcode(opcode);
    if (name === undefined) throw bad(`it has an unknown opcode 0x${opcode.toString(16).padStart(2, '0')}`);
    throw new PythonValueError(
      'pickle-not-simple',
      `it has the opcode ${name}, which is not part of a simple value; it was not run`,
    );
  }

  push(value: PythonValue): void {
    this.#stack.push(value);
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Takes the last `count` values off the stack. */
  take(count: number): PythonValue[] {
    return Array.from({ length: count }, () => this.#pop()).toReversed();
  }

  takeToMark(): PythonValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw bad('it has no mark where one is needed');
    return this.#stack.splice(mark);
  }

  /** The collection that an opcode adds to, under what it adds. */
  collection<C extends object>(type: new (...args: never[]) => C): C {
    const top = this.#top();
    if (top instanceof type) return top;
    throw bad(`it adds to something that is no ${type.name}`);
  }

  memoize(index = this.#memo.size): void {
    this.#memo.set(index, this.#top());
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw bad('it refers to a value that it does not have');
    this.push(value);
  }

  #top(): PythonValue {
    const value = this.#stack.at(-1);
    if (value === undefined || this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw bad('it lacks a value');
    return value;
  }

  #pop(): PythonValue {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }
}

type Handler = (machine: Machine, bytes: PickleBytes) => void;

const HANDLERS: ReadonlyMap<number, Handler> = new Map(
  Object.entries<Handler>({
    FRAME: (_, bytes) => requireFits(bytes, bytes.uint64()),
    MARK: (machine) => machine.mark(),

    NONE: (machine) => machine.push(null),
    NEWTRUE: (machine) => machine.push(true),
    NEWFALSE: (machine) => machine.push(false),
    BININT: (machine, bytes) => machine.push(BigInt(bytes.int32())),
    BININT1: (machine, bytes) => machine.push(BigInt(bytes.uint8())),
    BININT2: (machine, bytes) => machine.push(BigInt(bytes.uint16())),
    LONG1: (machine, bytes) => machine.push(bytes.integer(bytes.uint8())),
    LONG4: (machine, bytes) => machine.push(bytes.integer(bytes.uint32())),
    BINFLOAT: (machine, bytes) => machine.push(bytes.float64()),
    SHORT_BINUNICODE: (machine, bytes) => machine.push(bytes.text(bytes.uint8())),
    BINUNICODE: (machine, bytes) => machine.push(bytes.text(bytes.uint32())),
    BINUNICODE8: (machine, bytes) => machine.push(bytes.text(bytes.uint64())),
    SHORT_BINBYTES: (machine, bytes) => machine.push(bytes.bytes(bytes.uint8())),
    BINBYTES: (machine, bytes) => machine.push(bytes.bytes(bytes.uint32())),
    BINBYTES8: (machine, bytes) => machine.push(bytes.bytes(bytes.uint64())),
    BYTEARRAY8: (machine, bytes) => machine.push(bytes.bytes(bytes.uint64())),

    EMPTY_TUPLE: (machine) => machine.push([]),
    TUPLE1: (machine) => machine.push(machine.take(1)),
    TUPLE2: (machine) => machine.push(machine.take(2)),
    TUPLE3: (machine) => machine.push(machine.take(3)),
    TUPLE: (machine) => machine.push(machine.takeToMark()),
    EMPTY_LIST: (machine) => machine.push([]),
    APPEND: (machine) => append(machine, machine.take(1)),
    APPENDS: (machine) => append(machine, machine.takeToMark()),
    EMPTY_DICT: (machine) => machine.push(new Map()),
    SETITEM: (machine) => setItems(machine, machine.take(2)),
    SETITEMS: (machine) => setItems(machine, machine.takeToMark()),
    EMPTY_SET: (machine) => machine.push(new Set()),
    ADDITEMS: (machine) => addItems(machine, machine.takeToMark()),
    FROZENSET: (machine) => machine.push(new Set(machine.takeToMark())),

    BINPUT: (machine, bytes) => machine.memoize(bytes.uint8()),
    LONG_BINPUT: (machine, bytes) => machine.memoize(bytes.uint32()),
    MEMOIZE: (machine) => machine.memoize(),
    BINGET: (machine, bytes) => machine.recall(bytes.uint8()),
    LONG_BINGET: (machine, bytes) => machine.recall(bytes.uint32()),
  } satisfies Record<Exclude<Opcode, 'PROTO' | 'STOP'>, Handler>).map(([name, handler]) => [
    OPCODES[name as Opcode],
    handler,
  ]),
);

function requireFits(bytes: PickleBytes, length: number): void {
  if (length > bytes.left) throw bad('it ends too early');
}

function append(machine: Machine, values: readonly PythonValue[]): void {
  const list = machine.collection<PythonValue[]>(Array);
  for (const value of values) list.push(value);
}

function setItems(machine: Machine, pairs: readonly PythonValue[]): void {
  const dict = machine.collection<PythonDict>(Map);
  if (pairs.length % 2 !== 0) throw bad('it has a key without a value');
  for (let index = 0; index < pairs.length; index += 2) dict.set(pairs[index] ?? null, pairs[index + 1] ?? null);
}

function addItems(machine: Machine, values: readonly PythonValue[]): void {
  const set = machine.collection<PythonSet>(Set);
  for (const value of values) set.add(value);
}

function bad(reason: string): PythonValueError {
  return new PythonValueError('bad-pickle', reason);
}
