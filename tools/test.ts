// What `npm test` runs: all checks and all tests, with the time of each, and one closing line of totals.
// `--checks-only` leaves out the tests; files or folders as arguments run their tests alone.

import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from './checks/workspace.ts';
import { secondsSince, sumOf, summaryOf, type Outcome } from './outcome.ts';
import { checks, runChecks } from './run-checks.ts';
import { runTests, testFiles } from './run-tests.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'checks-only': { type: 'boolean' } } });
const started = performance.now();
process.env['PATH'] = [join(repositoryRoot, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);

const outcomes: Outcome[] = [];
if (positionals.length === 0) outcomes.push(await runChecks(checks));
if (!values['checks-only']) {
  outcomes.push(await runTests(positionals.length > 0 ? testFiles(positionals) : testFiles()));
}

const total = sumOf(outcomes);
console.log(`\nAll done in ${secondsSince(started)}.`);
for (const line of summaryOf(total)) console.log(line);
if (total.failed.length > 0 || total.passed === 0) process.exitCode = 1;
