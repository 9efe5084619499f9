// The functions of `@charmed/ops/hookcmds`: what each answers, and what it takes.

import {
  actionGet,
  configGet,
  hookRunner,
  jujuLog,
  k8sSpecSet,
  leaderGet,
  leaderSet,
  openPort,
  payloadStatusSet,
  relationGet,
  secretAdd,
  secretGet,
  stateGet,
  statusGet,
  storageGet,
  unitGet,
  type ApplicationStatusAnswer,
  type HookRunner,
  type StatusAnswer,
} from '../hook-commands.ts';
import type { Operation } from '../operations/operation.ts';

export async function commands(runner: HookRunner): Promise<void> {
  void (configGet(runner) satisfies Operation<Readonly<Record<string, string | number | boolean>>>);
  (await configGet(runner, 'port')) satisfies string | number | boolean | undefined;
  (await actionGet(runner, 'level')) satisfies unknown;
  (await relationGet(runner, { relation: 'db:7', member: 'sql/0' }))['host'] satisfies string | undefined;
  (await relationGet(runner, { relation: 'db:7', member: 'sql/0', key: 'host' })) satisfies string | undefined;
  (await stateGet(runner, 'a')) satisfies string;
  (await statusGet(runner)) satisfies StatusAnswer;
  (await statusGet(runner, { app: true })) satisfies ApplicationStatusAnswer;
  (await storageGet(runner)).kind satisfies 'filesystem' | 'block';
  (await secretAdd(runner, { password: 'x' }, { owner: 'unit' })) satisfies string;
  await using juju = await hookRunner();
  await openPort(juju, { protocol: 'tcp', port: 80, endpoints: ['db'] });
  (await leaderGet(runner))['address'] satisfies string | undefined;
  (await leaderGet(runner, 'address')) satisfies string | undefined;
  await payloadStatusSet(runner, { class: 'monitoring', id: '7f' }, 'running');
  // @ts-expect-error: values are strings
  await leaderSet(runner, { port: 80 });
  // @ts-expect-error: no such status
  await payloadStatusSet(runner, { class: 'monitoring', id: '7f' }, 'started');
  // @ts-expect-error: a spec is YAML, not the path of a file
  await k8sSpecSet(runner, { file: '/tmp/spec.yaml' });
  // @ts-expect-error: a runner is needed
  await configGet();
  // @ts-expect-error: units have no units
  void (await statusGet(runner)).units;
  // @ts-expect-error: a secret has an owner, and it is not the model
  await secretAdd(runner, { password: 'x' }, { owner: 'model' });
  // @ts-expect-error: a name is an object
  await secretGet(runner, 'secret:x');
  // @ts-expect-error: no such level
  await jujuLog(runner, 'LOUD', 'x');
  // @ts-expect-error: no such address
  await unitGet(runner, 'address');
}
