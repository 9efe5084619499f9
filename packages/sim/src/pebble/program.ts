// Where the executable entry is, for those who run Pebble as a process of its own.

import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** To be run by node, with the conditions of this process: `node [--conditions=...] PROGRAM --socket PATH --layers DIR`. */
export const pebbleProgram: string = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url));
