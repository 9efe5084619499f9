// What each hook command executable runs: one call on the agent's socket, as Juju's own jujuc does.

import { text } from 'node:stream/consumers';
import { agentSocketRunner, reasonOf } from '@charmed/ops/internal';

const [command = '', ...args] = process.argv.slice(2);
const { JUJU_AGENT_SOCKET_ADDRESS: address, JUJU_CONTEXT_ID: contextId } = process.env;

process.exitCode = await run();

async function run(): Promise<number> {
  if (!address || !contextId) {
    process.stderr.write(`error: ${command} runs only inside a hook: JUJU_CONTEXT_ID is not set\n`);
    return 1;
  }
  try {
    const runner = await agentSocketRunner({ address, contextId, dir: process.cwd(), timeoutMs: Infinity });
    const stdin = readsStdin() ? await text(process.stdin) : undefined;
    const result = await runner.run(command, args, { stdin });
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    await runner.close();
    return result.code;
  } catch (error) {
    process.stderr.write(`error: ${reasonOf(error)}\n`);
    return 1;
  }
}

// Reading it always would hang a charm that leaves its own stdin open.
function readsStdin(): boolean {
  return args.some((arg, index) => arg === '--file=-' || (arg === '-' && args[index - 1] === '--file'));
}
