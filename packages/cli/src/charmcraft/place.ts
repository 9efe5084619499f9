// A value in the document with where it is and what it belongs to, so that a check can say what is wrong with it in one line.

import type { Finding, Position } from '../findings/finding.ts';
import type { RuleName } from '../findings/rules.ts';
import type { Path, YamlDocument } from './document.ts';

/** Checks the value at a place, and reports there what is wrong. */
export type Shape = (place: Place) => void;

interface Origin {
  readonly document: YamlDocument;
  readonly findings: Finding[];
}

export class Place {
  readonly value: unknown;
  readonly path: Path;
  readonly #origin: Origin;
  /** Such as `config option "port"`; empty at the top. */
  readonly #subject: string;
  /** The field of the subject, such as `type` or `mounts[0].storage`; empty for the subject itself. */
  readonly #field: string;

  private constructor(origin: Origin, value: unknown, at: { path: Path; subject: string; field: string }) {
    this.value = value;
    this.path = at.path;
    this.#origin = origin;
    this.#subject = at.subject;
    this.#field = at.field;
  }

  /** The whole document. What is reported there or below goes to `findings`. */
  static top(document: YamlDocument, findings: Finding[]): Place {
    return new Place({ document, findings }, document.value, { path: [], subject: '', field: '' });
  }

  /** The name of the entry or field. */
  get name(): string {
    return String(this.path.at(-1));
  }

  /** A field of the same subject. */
  field(key: string): Place {
    const field = this.#field === '' ? key : `${this.#field}.${key}`;
    return this.#within(key, { subject: this.#subject, field });
  }

  item(index: number): Place {
    return this.#within(index, { subject: this.#subject, field: `${this.#field}[${index}]` });
  }

  /** An entry with a name of its own, which the messages about it begin with. */
  entry(kind: string, name: string): Place {
    return this.#within(name, { subject: `${kind} ${JSON.stringify(name)}`, field: '' });
  }

  /** Reports that the value is not what it must be. */
  mustBe(expected: string): void {
    this.report('bad-value', `must be ${expected}; found ${described(this.value)}`);
  }

  /** Reports at the value; `what` continues a sentence that begins with the name of the field. */
  report(rule: RuleName, what: string): void {
    this.#add(this.#origin.document.placeOf(this.path), rule, what);
  }

  /** Reports at the key. */
  reportKey(rule: RuleName, what: string): void {
    this.#add(this.#origin.document.placeOfKey(this.path), rule, what);
  }

  #within(key: string | number, labels: { subject: string; field: string }): Place {
    const value = isMapping(this.value) || Array.isArray(this.value) ? Reflect.get(this.value, key) : undefined;
    return new Place(this.#origin, value, { path: [...this.path, key], ...labels });
  }

  #add(position: Position, rule: RuleName, what: string): void {
    const sentence = this.#field === '' ? what : `${this.#field} ${what}`;
    this.#origin.findings.push({
      ...position,
      rule,
      message: this.#subject === '' ? sentence : `${this.#subject}: ${sentence}`,
    });
  }
}

/** The items of a list; none if it is no list. */
export function itemsOf(list: Place): readonly Place[] {
  return Array.isArray(list.value) ? list.value.map((_, index) => list.item(index)) : [];
}

/** The entries of a mapping from names to things of one kind; none if it is no mapping. */
export function entriesOf(section: Place, kind: string): readonly Place[] {
  return isMapping(section.value) ? Object.keys(section.value).map((name) => section.entry(kind, name)) : [];
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST_SHOWN = 60;

/** A value as messages show it. */
function described(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return JSON.stringify(value) ?? typeof value;
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
}
