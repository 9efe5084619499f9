// Layers as text. It stands by itself: each charm that adds a layer needs it, few need more of layer-values.ts.

import type { Layer, Plan } from './layer.ts';

// JSON is YAML, so nothing needs to be loaded to render it. Pebble's YAML reader refuses these few characters or takes them for line
// ends unless they are escaped.
const UNSAFE_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** YAML, in the part of it that is JSON too. */
export function renderLayer(layer: Layer | Plan): string {
  return JSON.stringify(layer).replaceAll(
    UNSAFE_IN_YAML,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
