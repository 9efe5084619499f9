// What gopkg.in/yaml.v3 takes a scalar without quotes for, and how it reads whole numbers.

export type ScalarTag = '!!null' | '!!bool' | '!!int' | '!!float' | '!!timestamp' | '!!str';

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOL = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INTEGER = /^[+-]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/;
const FLOAT = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][+-]?\d+)?$/;
const SPECIAL_FLOAT = /^(?:\.nan|\.NaN|\.NAN|[+-]?\.(?:inf|Inf|INF))$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/;

const LARGEST_UINT = 2n ** 64n;
const LARGEST_INT = 2n ** 63n;

export function plainTag(text: string): ScalarTag {
  if (NULL.test(text)) return '!!null';
  if (BOOL.test(text)) return '!!bool';
  if (SPECIAL_FLOAT.test(text)) return '!!float';
  if (DATE.test(text)) return '!!timestamp';
  if (!/^[\d+.-]/.test(text)) return '!!str';
  const digits = text.replaceAll('_', '');
  if (isInteger(digits)) return '!!int';
  return FLOAT.test(digits) && Number.isFinite(Number(digits)) ? '!!float' : '!!str';
}

/**
 * The whole number that an `!!int` or `!!float` stands for, cut off behind the point; `0o17` and `017` are octal. `undefined` for what no
 * 64 bits hold.
 */
export function integerOf(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  if (isInteger(digits)) {
    const value = bigOf(digits);
    return value < LARGEST_INT ? Number(value) : undefined;
  }
  if (/^-\.inf$/i.test(text)) return -Number(LARGEST_INT);
  const value = Number(digits);
  return value < Number(LARGEST_INT) ? Math.trunc(value) : undefined;
}

// What no 64 bits hold is a float.
function isInteger(digits: string): boolean {
  if (!INTEGER.test(digits)) return false;
  const value = bigOf(digits);
  return value >= -LARGEST_INT && value < LARGEST_UINT;
}

function bigOf(digits: string): bigint {
  const [, sign = '', magnitude = ''] = /^([+-]?)(.*)$/.exec(digits.toLowerCase()) ?? [];
  const value = BigInt(magnitude.replace(/^0(?=[0-7])/, '0o'));
  return sign === '-' ? -value : value;
}
