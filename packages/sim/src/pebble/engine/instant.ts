// A point in time to the nanosecond, as Go writes it: a Date and what it cannot hold.

export interface Instant {
  readonly date: Date;
  /** Nanoseconds after `date`, less than a million. */
  readonly nanos: number;
}

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9})\d*)?(?:Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339; `undefined` for what is not. */
export function parseInstant(text: string): Instant | undefined {
  const match = pattern.exec(text);
  const date = new Date(text);
  if (match === null || Number.isNaN(date.getTime())) return undefined;
  return { date, nanos: Number((match[1] ?? '').padEnd(9, '0').slice(3)) };
}

export function formatInstant({ date, nanos }: Instant): string {
  const digits = `${date.getUTCMilliseconds()}`.padStart(3, '0') + `${nanos}`.padStart(6, '0');
  return date
    .toISOString()
    .replace(/\.\d+Z$/, `.${digits}Z`)
    .replace(/\.?0+Z$/, 'Z');
}

/** Negative when `a` was earlier. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.date.getTime() - b.date.getTime() || a.nanos - b.nanos;
}
