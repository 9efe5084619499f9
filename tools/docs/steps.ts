// What a page has its reader do, in its order: type commands, compare what they print, change files.

export type Step = {
  /** Of the page, where the block begins. */
  readonly line: number;
} & (
  | { readonly kind: 'type'; readonly commands: readonly string[]; readonly fails: boolean }
  | { readonly kind: 'compare'; readonly lines: readonly string[] }
  | { readonly kind: 'change'; readonly file: string; readonly diff: string }
);

const BLOCK = /^```(sh|text|diff)(?: +(\S+))?\n([\s\S]*?)^```$/gm;

/** Of the blocks `sh`, `sh fails`, `text`, and `diff FILE`. */
export function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(BLOCK)].map(({ index, 1: language, 2: word = '', 3: content = '' }) => {
    const line = page.slice(0, index).split('\n').length;
    const lines = content.split('\n').filter((text) => text !== '');
    if (language === 'sh') return { line, kind: 'type', commands: lines, fails: word === 'fails' };
    return language === 'text' ? { line, kind: 'compare', lines } : { line, kind: 'change', file: word, diff: content };
  });
}
