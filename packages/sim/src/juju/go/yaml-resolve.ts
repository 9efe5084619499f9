// What go-yaml takes a plain scalar for, which is more than YAML 1.2 knows: text, unless it is spelled like something else.

export type YamlTag = '!!null' | '!!bool' | '!!int' | '!!float' | '!!timestamp' | '!!str';

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOL = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|[nN]|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/;
const FLOAT = /^[+-]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][+-]?[0-9]+)?$/;
const SPECIAL_FLOAT = /^(?:\.nan|\.NaN|\.NAN|[+-]?\.(?:inf|Inf|INF))$/;
const BASE_60 = /^[+-]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](?<zoned>.*)(?:Z|[+-]\d{2}:\d{2})| (?<local>.*))?$/;
const CLOCK = /^([01]?\d|2[0-3]):([0-5]?\d):([0-5]?\d)(?:[.,]\d+)?$/;

export function yamlTag(text: string): YamlTag {
  if (NULL.test(text)) return '!!null';
  if (BOOL.test(text)) return '!!bool';
  if (SPECIAL_FLOAT.test(text)) return '!!float';
  if (text.startsWith('.')) return isFloat(text) ? '!!float' : '!!str';
  if (!/^[0-9+-]/.test(text)) return '!!str';
  if (isTimestamp(text)) return '!!timestamp';
  const digits = text.replaceAll('_', '');
  if (isInteger(digits)) return '!!int';
  return isFloat(digits) ? '!!float' : '!!str';
}

/** Whether it reads back as text if written without quotes. Numbers of base 60, which go-yaml does not read, it still quotes. */
export function resolvesToText(text: string): boolean {
  return yamlTag(text) === '!!str' && !BASE_60.test(text);
}

// What no 64 bits hold is text, or a float if it can be one.
function isInteger(digits: string): boolean {
  if (!INTEGER.test(digits)) return false;
  const [, sign = '', magnitude = ''] = /^([+-]?)(.*)$/.exec(digits) ?? [];
  const value = BigInt(magnitude.replace(/^0(?=[0-7])/, '0o').toLowerCase());
  if (sign === '-') return value <= 2n ** 63n;
  return value < 2n ** (sign === '+' ? 63n : 64n);
}

function isFloat(text: string): boolean {
  return FLOAT.test(text) && Number.isFinite(Number(text));
}

function isTimestamp(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [, year, month, day] = match.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  if (date.getUTCMonth() !== (month ?? 0) - 1 || day === 0) return false;
  const clock = match.groups?.['zoned'] ?? match.groups?.['local'];
  return clock === undefined || CLOCK.test(clock);
}
