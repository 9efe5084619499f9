// `@charmed/cli` as a library: what `charmed` does, without the command line.

export type { Charmcraft } from './charmcraft/charmcraft.ts';
export { CharmcraftError, type Finding } from './charmcraft/findings.ts';
export { readCharmcraft } from './charmcraft/read.ts';
export { CliError } from './errors.ts';
export { init, type InitOptions, type NewProject } from './init/init.ts';
export { pack, type PackedCharm, type PackOptions } from './pack/pack.ts';
export { renderTypes } from './types/render.ts';
export { writeTypes } from './types/write.ts';
