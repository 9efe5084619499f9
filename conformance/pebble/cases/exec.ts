// Commands: output, input, environment, ends.

import { type Case, layer, one, post, get } from '../case.ts';

const sh = (script: string, fields: object = {}) => ({ command: ['sh', '-c', script], ...fields });
const run = (name: string, payload: object, more: object = {}): Case => one(name, { exec: payload, ...more });

export const exec: readonly Case[] = [
  run('output', sh('echo out; echo err >&2')),
  run('output in two streams', sh('echo out; echo err >&2', { 'split-stderr': true })),
  run('no output', { command: ['true'] }),
  run('an exit code', sh('exit 3')),
  run('a death by signal', sh('kill -9 $$')),
  run('input', { command: ['cat'] }, { stdin: 'hello\nthere' }),
  run('input that nobody reads', { command: ['true'] }, { stdin: 'hello' }),
  run('much output', sh('i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done')),
  run('bytes that are no text', sh(String.raw`printf "\303\050\000x"`)),
  run('an environment', sh('echo $A $B', { environment: { A: '1', B: 'two' } })),
  run('the PATH of the environment', sh('echo $PATH', { environment: { PATH: '/bin' } })),
  run('HOME and USER', sh('echo $HOME $USER $LANG')),
  run('a working directory', sh('pwd', { 'working-dir': '/usr' })),
  run('the home directory', sh('pwd', { environment: { HOME: '/usr' } })),
  run('a user', sh('id -u; id -g', { user: 'root' })),
  run('a user and a group by number', sh('id -u; id -g', { 'user-id': 1, 'group-id': 2 })),
  run('the environment of another user', sh('echo $HOME $USER', { 'user-id': 1, 'group-id': 1 })),
  run('a signal', sh('trap "echo got; exit 5" USR1; echo ready; while :; do sleep 0.05; done'), {
    control: ['{"command":"signal","signal":{"name":"SIGUSR1"}}'],
  }),
  run('a signal that is none', sh('echo ready; sleep 0.3'), {
    control: ['{"command":"signal","signal":{"name":"NOTHING"}}', '{"command":"nonsense"}'],
  }),
  run('a time limit', sh('echo begun; exec sleep 20', { timeout: '200ms' })),
  one('a bad time limit', post('/v1/exec', sh('x', { timeout: 'x' }))),
  one('no command', post('/v1/exec', { command: [] })),
  one('an unknown command', post('/v1/exec', { command: ['no-such-program'] })),
  one('an unknown path', post('/v1/exec', { command: ['/no/such/program'] })),
  one('a directory', post('/v1/exec', { command: ['/tmp'] })),
  one('a working directory that is not there', post('/v1/exec', sh('x', { 'working-dir': '/no/such' }))),
  one('a working directory that is a file', post('/v1/exec', sh('x', { 'working-dir': '/etc/passwd' }))),
  one('a home directory that is not there', post('/v1/exec', sh('x', { environment: { HOME: '/no/such' } }))),
  one('an unknown user', post('/v1/exec', sh('x', { user: 'nobody-at-all' }))),
  one('a group alone', post('/v1/exec', sh('x', { group: 'root' }))),
  one('interactive without a terminal', post('/v1/exec', sh('x', { interactive: true }))),
  one('an unknown context', post('/v1/exec', sh('x', { 'service-context': 'nothing' }))),
  one(
    'a service',
    layer({
      services: {
        web: {
          override: 'replace',
          command: 'x',
          environment: { A: 'web', B: 'web' },
          'working-dir': '/usr',
          'user-id': 1,
          'group-id': 1,
        },
      },
    }),
  ),
  run('its context', sh('echo $A $B; pwd; id -u', { 'service-context': 'web', environment: { B: 'own' } })),
  run(
    'its context, overridden',
    sh('pwd; id -u', { 'service-context': 'web', 'working-dir': '/', user: 'root', 'group-id': 0 }),
  ),
  run(
    'a terminal',
    sh('stty size; tty >/dev/null && echo tty', { terminal: true, interactive: true, width: 90, height: 20 }),
    { stdin: '' },
  ),
  run('a terminal for output alone', sh('test -t 0 || echo no; test -t 1 && echo yes; cat', { terminal: true }), {
    stdin: 'in\n',
  }),
  run(
    'a terminal that changes its size',
    sh('echo ready; while [ "$(stty size)" != "7 9" ]; do sleep 0.05; done; stty size', {
      terminal: true,
      interactive: true,
      width: 90,
      height: 20,
    }),
    {
      control: ['{"command":"resize","resize":{"width":9,"height":7}}'],
    },
  ),
  one('a websocket of no task', get('/v1/tasks/99/websocket/stdio')),
  one('a websocket of a task that is over', get('/v1/tasks/1/websocket/stdio')),
];
