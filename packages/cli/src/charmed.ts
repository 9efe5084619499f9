// The `charmed` command, on Node 24.

import { enableCompileCache } from 'node:module';

enableCompileCache(); // for what is imported from here on
const { handleInterrupts } = await import('./interrupt.ts');
const { program } = await import('./program.ts');
const { report } = await import('./output/report.ts');

const argv = process.argv.slice(2);
handleInterrupts();
process.on('uncaughtException', (error) => process.exit(report(error, argv)));
process.stdout.on('error', () => process.exit()); // nobody reads on, as with `| head`
try {
  await (await program(argv)).parseAsync(argv, { from: 'user' });
} catch (error) {
  process.exit(report(error, argv)); // what is still open would keep it going
}
