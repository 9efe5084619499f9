// k8s-spec-get and -set, their older names pod-spec-get and -set, k8s-raw-get and -set. Follow juju/juju
// internal/worker/uniter/runner/jujuc/k8s-*.go for charms that are given no pods for a spec: what is set is checked and makes no difference.

import type { HookCommand } from '../command.ts';
import { HookContextError } from '../hook-context.ts';
import { requireAtMost } from '../usage-error.ts';

export const k8sSpecGet: HookCommand = getter('k8s-spec-get');
export const podSpecGet: HookCommand = getter('pod-spec-get');
export const k8sRawGet: HookCommand = getter('k8s-raw-get');

export const k8sSpecSet: HookCommand = specSetter('k8s-spec-set');
export const podSpecSet: HookCommand = specSetter('pod-spec-set');
export const k8sRawSet: HookCommand = setter('k8s-raw-set', 'k8s raw spec');

function getter(name: string): HookCommand {
  return {
    name,
    run({ args }) {
      requireAtMost(args, 0);
      throw new HookContextError('k8s spec not found');
    },
  };
}

function specSetter(name: string): HookCommand {
  const command = setter(name, 'k8s spec');
  return { ...command, flags: { ...command.flags, 'k8s-resources': 'text' } };
}

function setter(name: string, what: string): HookCommand {
  return {
    name,
    flags: { file: 'text' },
    run({ context, flags, args, readFile }) {
      requireAtMost(args, 0);
      if (readFile(String(flags.file ?? '-')).length === 0) {
        throw new HookContextError(`no ${what} specified: pipe ${what} to command, or specify a file with --file`);
      }
      if (flags['k8s-resources']) readFile(String(flags['k8s-resources']));
      if (!context.isLeader()) throw new HookContextError('this unit is not the leader');
    },
  };
}
