// The samples of a page of the documentation: its fenced code blocks that name a file, as in "```ts src/charm.ts". Blocks of one name
// are one file, in the order of the page. Lines stay where they are on the page, so that what a compiler says leads there.

/** Blocks that are no files: they show what to type, what is printed, or what to change. */
const NO_FILES: ReadonlySet<string> = new Set(['', 'console', 'sh', 'text', 'diff']);

const FENCE = /^```(\S*) *(.*)$/;

/** Contents by file. @throws Error with the line of a block that names no file. */
export function samplesOf(page: string): ReadonlyMap<string, string> {
  const samples = new Map<string, string[]>();
  let sample: string[] | undefined;
  let isOpen = false;
  for (const [index, line] of page.split('\n').entries()) {
    const fence = FENCE.exec(line);
    if (fence && isOpen) {
      isOpen = false;
      sample = undefined;
    } else if (fence) {
      const [, language = ''] = fence;
      const file = NO_FILES.has(language) ? '' : (fence[2] ?? '');
      if (!file && !NO_FILES.has(language))
        throw new Error(`line ${index + 1}: the block of ${language} names no file`);
      isOpen = true;
      sample = file ? (samples.get(file) ?? []) : undefined;
      if (sample) samples.set(file, sample);
    } else if (sample) sample[index] = line;
  }
  if (isOpen) throw new Error('the last block does not end');
  return new Map(
    [...samples].map(([file, lines]) => [file, `${Array.from(lines, (line) => line ?? '').join('\n')}\n`]),
  );
}
