// What each hook command executable runs: one call on the agent's socket, as Juju's own jujuc does.

import { text } from 'node:stream/consumers';
import { agentSocketRunner, reasonOf } from '@charmed/ops/internal';

const [command = '', ...args] = process.argv.slice(2);
const VARIABLES = ['JUJU_CONTEXT_ID', 'JUJU_AGENT_SOCKET_ADDRESS', 'JUJU_AGENT_SOCKET_NETWORK'] as const;

process.exitCode = await run();

async function run(): Promise<number> {
  const missing = VARIABLES.find((name) => !process.env[name]);
  if (missing) return fail(`${missing} not set`);
  const [contextId = '', address = ''] = VARIABLES.map((name) => process.env[name]);
  try {
    const runner = await agentSocketRunner({ address, contextId, dir: process.cwd(), timeoutMs: Infinity });
    const stdin = readsStdin() ? await text(process.stdin) : undefined;
    const result = await runner.run(command, args, { stdin });
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    await runner.close();
    return result.code;
  } catch (error) {
    return fail(reasonOf(error).replace(`cannot run ${command}: `, '')); // as Juju's own says it
  }
}

function fail(reason: string): number {
  process.stderr.write(`ERROR ${reason}\n`);
  return 1;
}

// Reading it always would hang a charm that leaves its own stdin open.
function readsStdin(): boolean {
  return args.some((arg, index) => arg === '--file=-' || (arg === '-' && args[index - 1] === '--file'));
}
