// Changes that a page tells its reader to make: the hunks of a diff, without line numbers. Each stands for the one place that its context fits.

const BETWEEN_HUNKS = /^@@.*\n/m;

/** @throws Error with the hunk that fits nowhere, or at more than one place. */
export function edited(text: string, diff: string): string {
  return diff.split(BETWEEN_HUNKS).reduce(withHunk, text);
}

function withHunk(text: string, hunk: string): string {
  const lines = hunk.replace(/\n$/, '').split('\n');
  const side = (mark: string) => {
    const taken = lines.filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark));
    return taken.map((line) => `${line.slice(1)}\n`).join('');
  };
  const [before, after] = [side('-'), side('+')];
  if (before === '') return `${text}${after}`;
  const places = `\n${text}`.split(`\n${before}`).length - 1;
  if (places !== 1) throw new Error(`the change fits ${places} places:\n${hunk}`);
  return `\n${text}`.replace(`\n${before}`, () => `\n${after}`).slice(1);
}
