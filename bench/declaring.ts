// How long `charmed types` and `charmed check` take for an example and for a charm larger than any real one. The peer, charmcraft, reads the
// same file, judges it and prints it with its extensions expanded; it has no command that does less.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hugeCharm, hugeCharmcraft } from '../packages/cli/test/huge-charm.ts';
import { repositoryRoot } from '../tools/checks/workspace.ts';
import { Charmed } from '../tools/demo/charmed.ts';
import { inTurn, lessIsBetter, type Measurement } from './measurement.ts';
import { charmcraft } from './peers.ts';

const ROUNDS = 7;
const TYPES = 'src/charm.gen.ts';

type Project = (directory: string) => void;

const example: Project = (directory) => {
  const files = (path: string) => !path.includes('node_modules') && !path.includes('dist');
  cpSync(join(repositoryRoot, 'examples/guestbook-k8s'), directory, { recursive: true, filter: files });
};

const huge: Project = (directory) => {
  mkdirSync(join(directory, 'src'), { recursive: true });
  writeFileSync(join(directory, 'charmcraft.yaml'), hugeCharmcraft());
  const main = "import { main } from '@charmed/ops';\nif (import.meta.main) await main(HugeCharm);\n";
  writeFileSync(join(directory, 'src/charm.ts'), `${hugeCharm()}${main}`);
};

export const types = (): Promise<Measurement> => declaring('types', example, 3);
export const typesHuge = (): Promise<Measurement> => declaring('types', huge, 3, '-huge');
export const check = (): Promise<Measurement> => declaring('check', example, 3);
export const checkHuge = (): Promise<Measurement> => declaring('check', huge, 3, '-huge');

async function declaring(
  command: 'types' | 'check',
  write: Project,
  budget: number,
  suffix = '',
): Promise<Measurement> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const project = join(directory, 'project');
  write(project);
  const charmed = new Charmed(join(directory, 'state'));
  await charmed.run('types', project);
  const { program, version } = charmcraft();
  const times = await inTurn(
    ROUNDS,
    async () => {
      if (command === 'types') rmSync(join(project, TYPES)); // it is left alone when it is right
      await charmed.run(command, project);
    },
    () =>
      void execFileSync(program, ['expand-extensions'], {
        cwd: project,
        stdio: 'pipe',
        env: { HOME: directory, PATH: '/usr/bin:/bin' },
      }),
  );
  rmSync(directory, { recursive: true, force: true });
  const peerName = 'charmcraft expand-extensions';
  return lessIsBetter({ name: `${command}${suffix}`, unit: 'ms', ...times, peerName, budget }, { charmcraft: version });
}
