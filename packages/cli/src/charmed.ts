#!/usr/bin/env node
// The `charmed` command. The only place that ends the process.

import { enableCompileCache } from 'node:module';

enableCompileCache(); // for what is imported from here on
const { OpsError } = await import('@charmed/ops/internal');
const { INTERRUPTED } = await import('./errors.ts');
const { program } = await import('./program.ts');

try {
  await (await program()).parseAsync();
} catch (error) {
  // What a user can mend is told in a line; anything else is a defect, with its stack.
  console.error(error instanceof OpsError ? `charmed: ${error.message}` : error);
  process.exit(error instanceof OpsError && error.code === INTERRUPTED ? 130 : 1);
}
