// What tests of charms use beside the charm itself.

export { assertRunAgain, type RunAgainOptions } from './run-again.ts';
