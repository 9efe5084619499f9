// Splits a command line into words by the rules of a shell: quotes, backslashes and comments, but no expansion of anything.
// Pebble uses canonical/x-go strutil/shlex; the error texts are its own.

import { OpsError } from '../../errors.ts';

/** Thrown for a command line that is not made of words: an open quote, a backslash with nothing after it. */
export class WordError extends OpsError {
  constructor(message: string) {
    super('invalid-command', message);
  }
}

const space = ' \t\r\n';

export function splitWords(line: string): string[] {
  const words: string[] = [];
  const chars = Array.from(line);
  let word: string | undefined;
  let at = 0;

  function escaped(): string {
    const char = chars[++at];
    if (char === undefined) throw new WordError('EOF found after escape character');
    return char;
  }

  function quoted(quote: string): string {
    let text = '';
    while (chars[++at] !== quote) {
      if (chars[at] === undefined) throw new WordError('EOF found when expecting closing quote');
      text += quote === '"' && chars[at] === '\\' ? escaped() : chars[at];
    }
    return text;
  }

  for (; at < chars.length; at++) {
    const char = chars[at] ?? '';
    if (space.includes(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '#' && word === undefined) {
      while (at + 1 < chars.length && chars[at + 1] !== '\n') at++;
    } else if (char === '"' || char === "'") {
      word = (word ?? '') + quoted(char);
    } else {
      word = (word ?? '') + (char === '\\' ? escaped() : char);
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
