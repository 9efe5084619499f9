// What gopkg.in/yaml.v3 takes a scalar without quotes for, and how it reads numbers.

export type ScalarTag = '!!null' | '!!bool' | '!!int' | '!!float' | '!!timestamp' | '!!str';

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOL = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INTEGER = /^[+-]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/;
const FLOAT = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][+-]?\d+)?$/;
const SPECIAL_FLOAT = /^(?:\.nan|\.NaN|\.NAN|[+-]?\.(?:inf|Inf|INF))$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/;

export function plainTag(text: string): ScalarTag {
  if (NULL.test(text)) return '!!null';
  if (BOOL.test(text)) return '!!bool';
  if (SPECIAL_FLOAT.test(text)) return '!!float';
  if (DATE.test(text)) return '!!timestamp';
  const digits = text.replaceAll('_', '');
  if (!/^[\d+.-]/.test(text)) return '!!str';
  if (INTEGER.test(digits)) return '!!int';
  return FLOAT.test(digits) ? '!!float' : '!!str';
}

/** The number that an `!!int` stands for; `0o17` and `017` are octal. */
export function integerOf(text: string): number {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text.replaceAll('_', '')) ?? [];
  const value = Number(digits.replace(/^0(?=[0-7])/, '0o'));
  return sign === '-' ? -value : value;
}
