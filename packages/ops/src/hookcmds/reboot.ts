// The hook commands of the noun "reboot": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { tell } from './command.ts';
import type { HookRunner } from './runner.ts';

/**
 * Reboots the machine when this hook has ended. Not in actions, and not on Kubernetes.
 *
 * @param options.now at once: Juju ends this process, so that the returned operation may never settle. The hook runs again after the
 * reboot. Default: false.
 */
export function jujuReboot(runner: HookRunner, options: { readonly now?: boolean } = {}): Operation<void> {
  return tell(runner, 'juju-reboot', options.now ? ['--now'] : []);
}
