// Packs a project whose charm is only passed on. What packs is loaded only then: a charm that is there already needs none of it.

import type { Output } from '../output/output.ts';
import type { PackedCharm } from '../pack/pack.ts';

/** @param platforms as `pack` takes them; none is all. */
export async function packInto(
  folder: string,
  project: string,
  platforms: readonly string[],
  output: Output,
): Promise<readonly PackedCharm[]> {
  return await output.progress('packing', async (onStep) => {
    const { pack } = await import('../pack/pack.ts');
    return await pack(project, { output: folder, platforms, onStep });
  });
}
