// The commands of charmcraft that speak with Charmhub, as charmcraft 4 has them.

import { reasonOf } from '@charmed/ops/internal';
import { CliError } from '../errors.ts';
import type { Output } from '../output/output.ts';
import { ProgramError, runProgram } from './run-program.ts';

export interface ResourceRevision {
  readonly name: string;
  readonly revision: number;
}

export interface Release {
  readonly revision: number;
  readonly channels: readonly string[];
  readonly resources: readonly ResourceRevision[];
}

export async function registerName(name: string, output: Output): Promise<void> {
  await runProgram('charmcraft', ['register', name], output);
}

/** @returns the revision that Charmhub gave it. */
export async function uploadCharm(path: string, output: Output): Promise<number> {
  return await upload(['upload', path], output);
}

/** @param from an image as charmcraft's `--image` takes it, or the path of a file. */
export async function uploadResource(
  charm: string,
  resource: string,
  from: { readonly image: string } | { readonly filepath: string },
  output: Output,
): Promise<ResourceRevision> {
  const source = 'image' in from ? ['--image', from.image] : ['--filepath', from.filepath];
  return { name: resource, revision: await upload(['upload-resource', charm, resource, ...source], output) };
}

export async function releaseRevision(charm: string, release: Release, output: Output): Promise<void> {
  const channels = release.channels.flatMap((channel) => ['--channel', channel]);
  const resources = release.resources.flatMap(({ name, revision }) => ['--resource', `${name}:${revision}`]);
  const args = ['release', charm, '--revision', String(release.revision), ...channels, ...resources];
  await runProgram('charmcraft', args, output);
}

/** @param isSure no question is asked; charmcraft then wants channels with their track. */
export async function promoteChannel(
  charm: string,
  from: string,
  to: string,
  isSure: boolean,
  output: Output,
): Promise<void> {
  const args = ['promote', '--name', charm, '--from-channel', from, '--to-channel', to, ...(isSure ? ['--yes'] : [])];
  await runProgram('charmcraft', args, output, { asks: true });
}

async function upload(args: readonly string[], output: Output): Promise<number> {
  const stdout = await runProgram('charmcraft', [...args, '--format', 'json'], output).catch((error: unknown) => {
    throw error instanceof ProgramError ? refused(args, error) : error;
  });
  const { revision } = parsed(stdout) as { readonly revision?: unknown };
  if (typeof revision === 'number') return revision;
  throw new CliError('bad-answer', `cannot read the answer of charmcraft ${args[0]}: it has no revision: ${stdout}`);
}

/** Charmhub has looked at it, and does not want it: charmcraft tells why on stdout. */
function refused(args: readonly string[], error: ProgramError): Error {
  const { errors = [] } = parsed(error.stdout || '{}') as { readonly errors?: readonly Refusal[] };
  if (errors.length === 0) return error;
  const reasons = errors.map(({ code, message }) => `${message} (${code})`).join('; ');
  return new CliError('refused', `Charmhub refused ${args.slice(1, 3).join(' ')}: ${reasons}`, { cause: error });
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

function parsed(stdout: string): object {
  try {
    return Object(JSON.parse(stdout)) as object;
  } catch (error) {
    throw new CliError('bad-answer', `cannot read the answer of charmcraft: ${reasonOf(error)}: ${stdout}`, {
      cause: error,
    });
  }
}
