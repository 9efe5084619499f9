// The hook commands of the noun "k8s-spec": arguments to argv, stdout to a value. Up to Juju 3.6, for charms without containers of their
// own, which have Juju make the pods of their workload. Charms with containers have no use for them.

import type { Operation } from '../operations/operation.ts';
import { askForText, tell } from './command.ts';
import type { HookRunner } from './runner.ts';

export interface K8sSpecOptions {
  /** Absolute path of a YAML file with resources of Kubernetes that Juju's spec has no words for. */
  readonly k8sResourcesFile?: string;
}

/** The pod spec of the application, in YAML. Up to Juju 3.6. */
export function k8sSpecGet(runner: HookRunner): Operation<string> {
  return askForText(runner, 'k8s-spec-get', []);
}

/** Sets the pod spec of the application when the hook succeeds. Only for the leader. @param spec in YAML, through stdin. Up to Juju 3.6. */
export function k8sSpecSet(runner: HookRunner, spec: string, options: K8sSpecOptions = {}): Operation<void> {
  return tell(runner, 'k8s-spec-set', specArgs(options), { stdin: spec });
}

/** {@link k8sSpecGet} by its older name. */
export function podSpecGet(runner: HookRunner): Operation<string> {
  return askForText(runner, 'pod-spec-get', []);
}

/** {@link k8sSpecSet} by its older name. */
export function podSpecSet(runner: HookRunner, spec: string, options: K8sSpecOptions = {}): Operation<void> {
  return tell(runner, 'pod-spec-set', specArgs(options), { stdin: spec });
}

/** What {@link k8sRawSet} has set. Up to Juju 3.6. */
export function k8sRawGet(runner: HookRunner): Operation<string> {
  return askForText(runner, 'k8s-raw-get', []);
}

/**
 * Sets, in place of a pod spec, resources in Kubernetes's own words when the hook succeeds. Only for the leader, and only where the
 * controller has the feature `raw-k8s-spec`. @param spec in YAML, through stdin. Up to Juju 3.6.
 */
export function k8sRawSet(runner: HookRunner, spec: string): Operation<void> {
  return tell(runner, 'k8s-raw-set', specArgs({}), { stdin: spec });
}

function specArgs({ k8sResourcesFile }: K8sSpecOptions): readonly string[] {
  return ['--file', '-', ...(k8sResourcesFile === undefined ? [] : ['--k8s-resources', k8sResourcesFile])];
}
