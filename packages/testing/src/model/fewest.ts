// As few of some items as keep a property: whole halves are left out first, then ever smaller parts.

/** The items have it all together; in the end, none of them can be left out. */
export async function fewest<T>(
  items: readonly T[],
  has: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = items;
  for (let size = Math.ceil(kept.length / 2); size > 0 && kept.length > 0;) {
    const fewer = await withoutPart(kept, size, has);
    if (fewer !== undefined) kept = fewer;
    else if (size === 1) break;
    size = Math.min(fewer === undefined ? Math.ceil(size / 2) : size, kept.length);
  }
  return kept;
}

async function withoutPart<T>(
  items: readonly T[],
  size: number,
  has: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  // The last ones first: what comes after the point is noise.
  for (let end = items.length; end > 0; end -= size) {
    const fewer = items.toSpliced(Math.max(0, end - size), Math.min(size, end));
    if (await has(fewer)) return fewer;
  }
  return undefined;
}
