// How a packed charm starts: `dispatch` runs the charm's own Node on a stub, which turns on the compile cache and loads the bundle. Under
// `juju debug-code` it runs the debugger instead.

import { BUNDLE_ENTRY, DEBUG_ENTRY } from './bundle.ts';

export const STUB = 'src/charm.cjs';
export const NODE = 'bin/node';

/**
 * The last word of the last line is an executable file of the charm: `charmcraft analyse` asks for that.
 *
 * @param node path of the Node that runs it, or the name of one on PATH.
 */
export function dispatchScript(node: string): string {
  return `#!/bin/sh
[ -z "$JUJU_DEBUG_AT" ] || exec ${node} ./src/${DEBUG_ENTRY}
exec ${node} ./${STUB}
`;
}

// The cache does not cover the file that turns it on, so that one is kept small. The hook has failed unless main() says otherwise.
export const stub: string = `#!/usr/bin/env node
process.exitCode = 1;
process.getBuiltinModule('node:module').enableCompileCache({ directory: \`\${__dirname}/../.compile-cache\`, portable: true });
require('./${BUNDLE_ENTRY}');
`;
