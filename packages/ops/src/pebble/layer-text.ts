// Layers as text.

import { reasonOf } from '../errors.ts';
import { PebbleError } from './errors.ts';
import type { Layer } from './layer.ts';

// JSON is YAML, so nothing needs to be loaded to render it. Pebble's YAML reader refuses these few characters or takes them for line
// ends unless they are escaped.
const UNSAFE_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const SECTIONS = ['summary', 'description', 'services', 'checks', 'log-targets'];

/** YAML, in the part of it that is JSON too. */
export function renderLayer(layer: Layer): string {
  return JSON.stringify(layer).replaceAll(
    UNSAFE_IN_YAML,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Reads YAML. What single services, checks and targets say is for Pebble to judge, which it does when the layer is added.
 *
 * @throws PebbleError `bad-layer` for what is not YAML, or no layer, with the place.
 */
export async function parseLayer(text: string): Promise<Layer> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text, { logLevel: 'error' });
  } catch (cause) {
    throw new PebbleError('bad-layer', `cannot read layer: ${reasonOf(cause)}`, { cause });
  }
  const layer = requireMapping(value ?? {}, 'it');
  const unknown = Object.keys(layer).find((key) => !SECTIONS.includes(key));
  if (unknown !== undefined)
    throw badLayer(`it has no section ${JSON.stringify(unknown)}; there are ${SECTIONS.join(', ')}`);
  for (const section of SECTIONS.slice(2)) {
    for (const [name, entry] of Object.entries(requireMapping(layer[section] ?? {}, section))) {
      const { override } = requireMapping(entry, `${section}.${name}`);
      if (override !== 'merge' && override !== 'replace') {
        throw badLayer(
          `${section}.${name}.override is ${JSON.stringify(override) ?? 'missing'}; give merge or replace`,
        );
      }
    }
  }
  return layer;
}

function requireMapping(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw badLayer(`${place} is not a mapping`);
}

function badLayer(reason: string): PebbleError {
  return new PebbleError('bad-layer', `cannot read layer: ${reason}`);
}
