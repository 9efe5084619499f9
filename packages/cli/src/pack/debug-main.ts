// What `dispatch` runs under `juju debug-code`: Node's debugger in this terminal, on a charm that has loaded nothing yet. It becomes a
// file of the packed charm, and runs there alone.

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const LISTENING = /^Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//;
/** What Node prints when the charm has come to its end, and only the debugger keeps it. */
const WAITING = 'Waiting for the debugger to disconnect...';
/** What else it prints about the debugger. */
const CHATTER = /^(For help, see: |Debugger attached\.|Debugger ending on )/;

// A session of its own, so that keys which interrupt the debugger do not reach the charm.
const charm = spawn(process.execPath, ['--inspect-wait=127.0.0.1:0', `${import.meta.dirname}/debug.bundle.cjs`], {
  stdio: ['ignore', 'inherit', 'pipe'],
  detached: true,
});
let terminal: ChildProcess | undefined;

createInterface(charm.stderr).on('line', (line) => {
  const port = LISTENING.exec(line)?.[1];
  if (port) terminal = debug(port);
  else if (line === WAITING) terminal?.kill();
  else if (!CHATTER.test(line)) process.stderr.write(`${line}\n`);
});
charm.on('exit', (code) => {
  terminal?.kill();
  process.exitCode = code ?? 1;
});
for (const signal of ['SIGHUP', 'SIGTERM'] as const) {
  process.on(signal, () => {
    charm.kill('SIGKILL');
    process.exit(1);
  });
}
process.on('SIGINT', () => undefined); // the debugger's own

function debug(port: string): ChildProcess {
  const { JUJU_UNIT_NAME: unit = 'UNIT', JUJU_DEBUG_AT: at, JUJU_DISPATCH_PATH: path } = process.env;
  process.stdout.write(`\nDebugging ${path} of ${unit}. It stops at: ${at}.
'help' shows the debugger's commands, 'cont' goes on, 'step' leads into a handler, '.exit' lets the hook end by itself.
To use an IDE as well, open a tunnel and attach it to localhost:${port}:
  ${tunnel(port, unit)}
\n`);
  return spawn(process.execPath, ['inspect', `127.0.0.1:${port}`], { stdio: 'inherit' });
}

function tunnel(port: string, unit: string): string {
  const { JUJU_MACHINE_ID: machine, JUJU_MODEL_NAME: model = 'MODEL' } = process.env;
  if (machine) return `juju ssh ${unit} -N -L ${port}:127.0.0.1:${port}`;
  return `kubectl port-forward --namespace ${model} pod/${unit.replace('/', '-')} ${port}:${port}`;
}
