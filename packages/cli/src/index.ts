// `@charmed/cli` as a library: what `charmed` does, without the command line.

export type { Charmcraft } from './charmcraft/charmcraft.ts';
export { readCharmcraft } from './charmcraft/read.ts';
export { CliError } from './errors.ts';
export { ProjectError, type Finding } from './findings/finding.ts';
export { RULES, type Rule, type RuleName } from './findings/rules.ts';
export { init, type InitOptions, type NewProject } from './init/init.ts';
export { migrate, type Migrated, type MigrateOptions } from './migrate/migrate.ts';
export { packIntoFolders, type CharmFolder } from './pack/folder.ts';
export { pack, type PackedCharm, type PackOptions } from './pack/pack.ts';
export { renderTypes } from './types/render.ts';
export { writeTypes } from './types/write.ts';
