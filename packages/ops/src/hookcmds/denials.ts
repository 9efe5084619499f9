// Tells the security log of hook commands that Juju does not permit.

import type { SecurityLog } from '../juju/security-log.ts';
import type { HookRunner } from './runner.ts';

const DENIED = /access denied|permission denied|not the leader|cannot write relation settings/i;

export function tellingDenials(runner: HookRunner, security: SecurityLog): HookRunner {
  return {
    ...runner,
    async run(command, args, options) {
      const result = await runner.run(command, args, options);
      if (result.code !== 0 && DENIED.test(result.stderr)) {
        const reason = `failed with code ${result.code}: '${result.stderr.trim()}'.`;
        security.authorizationFailed(command, `Hook command '${command}' ${reason}`);
      }
      return result;
    },
    close: () => runner.close(),
  };
}
