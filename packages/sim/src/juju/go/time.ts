// Times as Go prints and reads them.

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** A time that is printed as Go does: in RFC 3339, and in YAML without quotes. */
export class GoTime {
  /** To the second, in UTC. */
  readonly text: string;

  /** @param iso ISO 8601. */
  constructor(iso: string) {
    this.text = new Date(iso).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}

/** RFC 3339, with or without a time zone, without which it is UTC. ISO 8601 in UTC, or `undefined` for anything else. */
export function parseTime(text: string): string | undefined {
  const [, date, clock, fraction = '', zone = 'Z'] = RFC_3339.exec(text) ?? [];
  if (date === undefined) return undefined;
  const time = new Date(`${date}T${clock}${fraction.slice(0, 4)}${zone}`);
  // JavaScript takes the 30th of February for a day in March, and 24:00 for the next day.
  const isReal = !Number.isNaN(time.getTime()) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  return isReal && !clock?.startsWith('24') ? time.toISOString() : undefined;
}
