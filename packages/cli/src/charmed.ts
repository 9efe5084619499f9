#!/usr/bin/env node
// The `charmed` command. The only place that ends the process.

import { OpsError } from '@charmed/ops/internal';
import { program } from './program.ts';

try {
  await (await program()).parseAsync();
} catch (error) {
  // What a user can mend is told in a line; anything else is a defect, with its stack.
  console.error(error instanceof OpsError ? `charmed: ${error.message}` : error);
  process.exit(1);
}
