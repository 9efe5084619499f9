// How a packed charm starts: `dispatch` runs the charm's own Node on a stub, which turns on the compile cache and loads the bundle. Under
// `juju debug-code` it runs the debugger instead.

import { BUNDLE_ENTRY, DEBUG_ENTRY } from './bundle.ts';

export const STUB = 'src/charm.cjs';
export const NODE = 'bin/node';

/** The last word of the last line is an executable file of the charm: `charmcraft analyse` asks for that. */
export const dispatchScript: string = `#!/bin/sh
[ -z "$JUJU_DEBUG_AT" ] || exec ./${NODE} ./src/${DEBUG_ENTRY}
exec ./${NODE} ./${STUB}
`;

// The cache does not cover the file that turns it on, so that one is kept small. The hook has failed unless main() says otherwise.
export const stub: string = `#!/usr/bin/env node
process.exitCode = 1;
process.getBuiltinModule('node:module').enableCompileCache({ directory: \`\${__dirname}/../.compile-cache\`, portable: true });
require('./${BUNDLE_ENTRY}');
`;
