// A value of a layer that knows where it stands: of YAML text (yaml-node.ts) or of a program.

import type { Path, Position } from './layer-error.ts';
import { plainTag, type ScalarTag } from './plain-scalar.ts';

export type Tag = ScalarTag | '!!map' | '!!seq';

export interface Place {
  readonly path: Path;
  /** Counted from 1. */
  readonly line: number;
  /** `undefined` for a value of a program. */
  readonly position?: Position;
}

export interface LayerNode extends Place {
  /** Where its key stands, if it has one. */
  readonly key?: Place | undefined;
  readonly tag: Tag;
  /** A scalar as it was written, whatever its tag; '' for null and for anything else. */
  readonly text: string;
  /** The values of a sequence, else none. */
  items(): LayerNode[];
  /** The entries of a mapping, else none. */
  entries(): Map<string, LayerNode>;
}

/** A value as Pebble would see it in JSON. */
export class ValueNode implements LayerNode {
  readonly path: Path;
  readonly line = 1;
  readonly #value: unknown;

  constructor(value: unknown, path: Path = []) {
    this.#value = value;
    this.path = path;
  }

  get tag(): Tag {
    const value = this.#value;
    if (typeof value === 'string') return '!!str';
    if (Array.isArray(value)) return '!!seq';
    if (typeof value === 'object' && value !== null) return '!!map';
    return plainTag(this.text);
  }

  get text(): string {
    const value = this.#value;
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : '';
  }

  items(): LayerNode[] {
    const value = this.#value;
    return Array.isArray(value) ? value.map((item, index) => new ValueNode(item, [...this.path, String(index)])) : [];
  }

  entries(): Map<string, LayerNode> {
    const value = this.#value;
    if (this.tag !== '!!map') return new Map();
    const given = Object.entries(value as object).filter(([, each]) => each !== undefined);
    return new Map(given.map(([key, each]) => [key, new ValueNode(each, [...this.path, key])]));
  }
}
