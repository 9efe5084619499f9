// Durations as Go writes them (package time, ParseDuration and Duration.String): `1h2m3.5s`, `500ms`. In memory they are milliseconds.

const nsPerUnit: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // micro sign
  μs: 1e3, // Greek mu
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};
const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y;
const limit = 2n ** 63n;

/** Milliseconds, or `undefined` for what is not a duration. What is finer than a nanosecond is dropped, part by part. */
export function parseDuration(text: string): number | undefined {
  const isNegative = text.startsWith('-');
  const digits = text.replace(/^[+-]/, '');
  if (digits === '0') return 0;
  let total = 0n;
  part.lastIndex = 0;
  while (part.lastIndex < digits.length) {
    const [, whole = '', fraction = '', unit = ''] = part.exec(digits) ?? [];
    if (whole + fraction === '') return undefined;
    const ns = nsPerUnit[unit] ?? 0;
    total += BigInt(whole) * BigInt(ns) + BigInt(Math.trunc(Number(fraction) * (ns / 10 ** fraction.length)));
  }
  if (digits === '' || total > (isNegative ? limit : limit - 1n)) return undefined;
  return Number(isNegative ? -total : total) / 1e6;
}

export function formatDuration(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const nanoseconds = Math.round(Math.abs(ms) * 1e6);
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e3) return `${sign}${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${sign}${nanoseconds / 1e3}µs`;
  if (nanoseconds < 1e9) return `${sign}${nanoseconds / 1e6}ms`;
  const minutes = Math.floor(nanoseconds / 6e10);
  const seconds = `${(nanoseconds - minutes * 6e10) / 1e9}s`;
  if (minutes === 0) return sign + seconds;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes % 60}m${seconds}`;
}
