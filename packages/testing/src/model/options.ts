// What a model is made with, and what a charm is deployed with.

import type { CharmClass, ContainerName, LogLevel, MetaSource, ResourceName } from '@charmed/ops';
import type { Deployment } from '@charmed/sim/model';
import type { MetaOf } from '../meta-of.ts';
import type { ExecArgs } from '../run/exec-args.ts';
import { ContextSetupError } from '../run/errors.ts';
import type { Container } from '../state/container.ts';
import type { ConfigFields } from '../state/fields.ts';
import type { CloudSpec } from '../state/model-info.ts';
import type { Resource } from '../state/resource.ts';

export interface ModelOptions {
  /** Default: `test-model`. */
  readonly name?: string;
  /** Default: one that goes with the name. */
  readonly uuid?: string;
  /** Default: 3.6.14. */
  readonly jujuVersion?: string;
  /** When it is in the model. Default: the first moment of 2030. */
  readonly start?: Date;
  /** What applications that are trusted may know of the cloud. Default: nothing. */
  readonly cloudSpec?: CloudSpec;
}

export interface DeployOptions<C extends CharmClass> {
  /** Of the application. Default: the charm's name. */
  readonly name?: string;
  /** Default: 1; a subordinate has none until it is integrated. */
  readonly units?: number;
  readonly config?: ConfigFields<MetaOf<C>>;
  /** What each unit's containers are before anything happens, such as what commands answer in them. Default: empty ones. */
  readonly containers?: readonly Container<ContainerName<MetaOf<C>>>[];
  /** Whether it may know the cloud and its credential. Default: false. */
  readonly trusted?: boolean;
  readonly resources?: readonly Resource<ResourceName<MetaOf<C>>>[];
}

export interface ModelLogLine {
  readonly unit: string;
  readonly level: LogLevel;
  readonly message: string;
}

/** A command that a charm has run in a container. */
export interface ModelExec extends ExecArgs {
  readonly unit: string;
  readonly container: string;
}

/** @throws ContextSetupError */
export function metaOf(charm: CharmClass, purpose: string): MetaSource {
  if (charm.meta) return charm.meta;
  throw new ContextSetupError(`cannot ${purpose}: ${charm.name} has no metadata; extend the CharmBase of charm.gen.ts`);
}

/** @throws ContextSetupError for what the charm does not declare. */
export function deploymentOf<C extends CharmClass>(charm: C, options: DeployOptions<C>): Deployment {
  const meta = metaOf(charm, 'deploy a charm');
  const { name = meta.name, units = 1, config = {}, trusted = false, containers = [], resources = [] } = options;
  requireDeclared(name, 'container', containers, meta.containers);
  requireDeclared(name, 'resource', resources, meta.resources);
  const paths = Object.fromEntries(resources.map((resource) => [resource.name, resource.path]));
  return { name, charm: meta, config: { ...config }, units, trusted, resources: paths };
}

function requireDeclared(
  application: string,
  what: string,
  given: readonly { readonly name: string }[],
  declared: Readonly<Record<string, unknown>> = {},
): void {
  const unknown = given.find(({ name }) => !Object.hasOwn(declared, name));
  if (unknown === undefined) return;
  const known = Object.keys(declared).join(', ') || 'none';
  throw new ContextSetupError(
    `cannot deploy ${application} with ${what} "${unknown.name}": its charm declares ${known}`,
  );
}
