// The key-value store that the guestbook is related to.

import type { Relation } from '@charmed/ops';

const ANSWER_MS = 5000;

/** Where the store is, as the first of its units that says so tells; `undefined` while none does. */
export async function storeUrl(relation: Relation): Promise<string | undefined> {
  for (const unit of relation.units) {
    const url = urlFrom(await relation.data(unit).get('url'));
    if (url !== undefined) return url;
  }
  return undefined;
}

// Another charm has written it, so it can be anything.
function urlFrom(text = ''): string | undefined {
  const url = /^"(https?:\/\/[^"\\]+)"$/.exec(text)?.[1];
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

/** All that is stored, in the order in which it was written. */
export async function readEntries(store: string): Promise<readonly string[]> {
  const response = await fetch(`${store}/keys`, { signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
  const entries = (await response.json()) as Readonly<Record<string, string>>;
  return Object.keys(entries)
    .toSorted()
    .map((key) => entries[key] ?? '');
}
