// Reads the text of a layer. Any YAML will do, so JSON too.

import type { LayerConfig } from './config.ts';
import { decodeLayer } from './decode.ts';
import { type Fault, LayerError } from './layer-error.ts';
import { quote } from './quote.ts';
import { parseYaml, type YamlNode } from './yaml-node.ts';

/**
 * @param judge more rules for the layer to keep.
 * @throws LayerError with Pebble's text, and with the lines and columns of what is wrong.
 */
export function parseLayerText(label: string, text: string, judge?: (layer: LayerConfig) => void): LayerConfig {
  const root = readYaml(label, text);
  try {
    const layer = decodeLayer(label, root);
    judge?.(layer);
    return layer;
  } catch (error) {
    if (!(error instanceof LayerError) || root === undefined) throw error;
    throw new LayerError(
      error.message,
      error.faults.map((fault) => located(root, fault)),
    );
  }
}

function readYaml(label: string, text: string): YamlNode | undefined {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof LayerError)) throw error;
    throw new LayerError(`cannot parse layer ${quote(label)}: ${error.message}`, error.faults);
  }
}

// What is missing is where it should be: in the last part of its path that is there.
function located(root: YamlNode, fault: Fault): Fault {
  if (fault.position) return fault;
  let node = root;
  for (const key of fault.path) {
    const next = node.entries().get(key) ?? node.items()[Number(key)];
    if (next === undefined) break;
    node = next;
  }
  return { ...fault, position: node.position };
}
