#!/usr/bin/env node
// What npm installs as `charmed`. On a machine whose own Node is too old, it goes on with the Node 24 that came along. Only what Node 20
// can read may be imported here.

import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNewEnough, runNode } from './node-24.ts';

const [command, ...rest] = process.argv.slice(2);
const charmed = fileURLToPath(new URL(`./charmed${extname(import.meta.url)}`, import.meta.url));

if (command === 'node') await run(rest);
else if (isNewEnough()) await import('./charmed.ts');
else await run([charmed, ...process.argv.slice(2)]);

async function run(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await runNode(args);
  } catch (error) {
    console.error(`charmed: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
