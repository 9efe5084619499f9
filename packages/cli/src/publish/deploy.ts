// A charm's project into a model of the user's own controller, or a new build of it into an application that is there.

import { tmpdir } from 'node:os';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import type { Output } from '../output/output.ts';
import { applicationsOf, deployCharm, refreshCharm } from '../programs/juju.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { packInto } from './pack-into.ts';
import { imageForJuju, resourceChoices } from './resource-choices.ts';

export interface DeployOptions {
  /** Default: the charm's name. */
  readonly application: string | undefined;
  readonly model: string | undefined;
  readonly units: number;
  readonly config: Readonly<Record<string, string>>;
  /** Each `name=image` or `name=path`. */
  readonly resources: readonly string[];
  readonly trust: boolean;
  /** Label of charmcraft.yaml, or `host`: what the machines of the model are. */
  readonly platform: string;
  /** Path of a charm that is packed already. Default: the project is packed. */
  readonly charm: string | undefined;
}

export interface Deployed {
  readonly application: string;
  readonly charm: string;
  readonly isRefresh: boolean;
}

/** @throws CliError; juju's own message is in it. */
export async function deploy(project: string, options: DeployOptions, output: Output): Promise<Deployed> {
  const { model, config, trust, units } = options;
  const charmcraft = await readCharmcraft(project);
  const { given, uploaded } = resourceChoices(charmcraft, options.resources);
  if (uploaded.length > 0) {
    const reason = 'a charm that is a file has its resources from files and images, not from Charmhub';
    throw new CliError('bad-argument', `cannot deploy with ${uploaded[0]?.name}:${uploaded[0]?.revision}: ${reason}`);
  }
  const application = options.application ?? charmcraft.name;
  const isRefresh = (await applicationsOf({ model }, output)).includes(application);
  using packed = temporaryDirectory(tmpdir(), 'charmed-deploy-');
  const charm = options.charm ?? (await packFor(options.platform, packed.path, project, output));
  const resources = Object.fromEntries(
    given.map(({ name, type, value }) => [name, type === 'oci-image' ? imageForJuju(value) : value]),
  );
  const deployment = { charm, application, resources, config, trust };
  if (isRefresh) await refreshCharm(deployment, { model }, output);
  else await deployCharm(deployment, units, { model }, output);
  return { application, charm, isRefresh };
}

async function packFor(platform: string, folder: string, project: string, output: Output): Promise<string> {
  const charms = await packInto(folder, project, [platform], output);
  if (charms[0] && charms.length === 1) return charms[0].path;
  const labels = charms.map((charm) => charm.platform).join(', ');
  throw new CliError(
    'which-platform',
    `cannot deploy ${project}: it has several charms for this machine: ${labels}. Give --platform`,
  );
}
