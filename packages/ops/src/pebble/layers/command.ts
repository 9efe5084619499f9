// The `command` of a service: words, and in `[ ... ]` at its end the arguments that `pebble run --args` may replace (Pebble's layer
// specification). Nothing replaces them here, so they are appended.

import { type LayerError, layerError } from './layer-error.ts';
import { quote } from './quote.ts';
import { WordError, splitWords } from './split-words.ts';

/** @throws LayerError for quotes or brackets that do not fit. */
export function parseCommand(service: string, command: string): string[] {
  const invalid = (reason: string): LayerError =>
    layerError(`cannot parse service ${quote(service)} command: ${reason}`, 'services', service, 'command');
  try {
    return withoutBrackets(splitWords(command));
  } catch (error) {
    if (error instanceof WordError) throw invalid(error.message);
    throw error;
  }
}

function withoutBrackets(words: readonly string[]): string[] {
  const open = words.indexOf('[');
  const close = words.indexOf(']');
  if (open === 0) throw new WordError('cannot start command with [ ... ] group');
  if (close >= 0 && (open < 0 || close < open)) throw new WordError('cannot have ] outside of [ ... ] group');
  if (open < 0) return [...words];
  if (words.lastIndexOf('[', close < 0 ? undefined : close) > open) throw new WordError('cannot nest [ ... ] groups');
  if (close >= 0 && close < words.length - 1) throw new WordError('cannot have any arguments after [ ... ] group');
  return words.filter((_, index) => index !== open && index !== close);
}
