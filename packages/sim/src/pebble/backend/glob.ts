// Matches a file name against a pattern with `*`, `?`, `[a-z]`, `[^a-z]` and `\` (Go's package path, Match).

import { FileError } from './file-error.ts';

const token = /\\(.)|\[(\^?)((?:\\.|[^\\\]])+)\]|([*?])|([^\\[])/suy;
const classItem = /^(?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+$/su;

/** @throws FileError for a pattern that is not one. */
export function globToRegExp(pattern: string): RegExp {
  let source = '';
  token.lastIndex = 0;
  while (token.lastIndex < pattern.length) {
    const match = token.exec(pattern);
    if (match === null) throw new FileError('syntax error in pattern');
    const [, escaped, negated, items, wildcard, literal] = match;
    if (items !== undefined && !classItem.test(items)) throw new FileError('syntax error in pattern');
    if (items !== undefined)
      source += `[${negated ?? ''}${items.replaceAll(/\\(.)/gsu, (_, char: string) => codePoint(char))}]`;
    else if (wildcard !== undefined) source += wildcard === '*' ? '[^/]*' : '[^/]';
    else source += RegExp.escape(escaped ?? literal ?? '');
  }
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    // A range that runs backwards.
    throw new FileError('syntax error in pattern');
  }
}

function codePoint(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
