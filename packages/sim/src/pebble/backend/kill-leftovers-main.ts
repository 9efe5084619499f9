// Run by the watchdog: ends the processes that are listed in the file it is given.

import { killLeftovers } from './leftovers.ts';

const [, , stateFile = ''] = process.argv;
await killLeftovers(stateFile);
