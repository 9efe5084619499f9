// The tutorial, as a newcomer follows it: its commands are typed, its changes made, its output compared. So every profile of
// `charmed init` is made, installed, tested, packed and deployed from what npm would publish.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { testAtLength } from '../conformance/peers.ts';
import { Newcomer } from '../tools/docs/newcomer.ts';
import { stepsOf } from '../tools/docs/steps.ts';
import { tarballs } from '../tools/tarballs.ts';

const PAGE = 'docs/tutorial/first-charm.md';
const MACHINE = '\n## The same for a machine\n';

const page = readFileSync(join(import.meta.dirname, 'tutorial/first-charm.md'), 'utf8');
const [kubernetes = '', machine = ''] = page.split(MACHINE);
const above = `${kubernetes.replaceAll(/.*/g, '')}\n\n`; // lines are counted from the top of the page

const packages = await tarballs();

describe('two newcomers follow the tutorial', { concurrency: true }, () => {
  test('to a charm for Kubernetes', async () => {
    await using newcomer = await Newcomer.arrive(packages, { linksNode: true });
    await newcomer.follow(stepsOf(kubernetes), PAGE);
  });

  testAtLength('to a charm for machines, where npm links no Node', async () => {
    await using newcomer = await Newcomer.arrive(packages, { linksNode: false });
    await newcomer.follow(stepsOf(`${above}${machine}`), PAGE);
  });
});
