// The commands of juju that bring a charm into a model, as Juju 3 and 4 have them.

import { reasonOf } from '@charmed/ops/internal';
import { CliError } from '../errors.ts';
import type { Output } from '../output/output.ts';
import { runProgram } from './run-program.ts';

export interface JujuTarget {
  /** As juju's `--model` takes it. Default: the current one. */
  readonly model: string | undefined;
}

/** Names of the applications of the model. */
export async function applicationsOf(target: JujuTarget, output: Output): Promise<readonly string[]> {
  const stdout = await runProgram('juju', ['status', '--format', 'json', ...modelOf(target)], output);
  try {
    const { applications } = JSON.parse(stdout) as { readonly applications?: Readonly<Record<string, unknown>> | null };
    return Object.keys(applications ?? {});
  } catch (error) {
    throw new CliError('bad-answer', `cannot read the answer of juju status: ${reasonOf(error)}`, { cause: error });
  }
}

export interface Deployment {
  /** Path of the charm file. */
  readonly charm: string;
  readonly application: string;
  /** By name: an image or a path. */
  readonly resources: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, string>>;
  readonly trust: boolean;
}

export async function deployCharm(
  { charm, application, resources, config, trust }: Deployment,
  units: number,
  target: JujuTarget,
  output: Output,
): Promise<void> {
  const options = [...pairs('--resource', resources), ...pairs('--config', config), ...(trust ? ['--trust'] : [])];
  const args = ['deploy', pathOf(charm), application, '--num-units', String(units), ...options, ...modelOf(target)];
  await runProgram('juju', args, output);
}

export async function refreshCharm(
  { charm, application, resources, config, trust }: Deployment,
  target: JujuTarget,
  output: Output,
): Promise<void> {
  const options = [...pairs('--resource', resources), ...pairs('--config', config), ...(trust ? ['--trust'] : [])];
  const args = ['refresh', application, '--path', pathOf(charm), ...options, ...modelOf(target)];
  await runProgram('juju', args, output);
}

function modelOf({ model }: JujuTarget): readonly string[] {
  return model === undefined ? [] : ['--model', model];
}

function pairs(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
}

/** What is not clearly a path is taken for a charm of Charmhub. */
function pathOf(charm: string): string {
  return /^\.{0,2}\//.test(charm) ? charm : `./${charm}`;
}
