// What is done in each kind of model. The steps for Kubernetes are those of `npm run demo`.

import type { Model } from './model.ts';

const ENTRY = 'It works on a real controller.';
const UNIT = 'guestbook/0';

export interface Step {
  readonly title: string;
  /** @returns what the report shows. */
  readonly run: (model: Model, charm: (name: string) => string) => Promise<string | undefined>;
}

const step = (title: string, run: Step['run']): Step => ({ title, run });

export const KUBERNETES_STEPS: readonly Step[] = [
  step('deploy kv', async (model, charm) => await deploy(model, 'kv-k8s', charm('kv-k8s'), 'kv')),
  step(
    'deploy guestbook',
    async (model, charm) => await deploy(model, 'guestbook-k8s', charm('guestbook-k8s'), 'guestbook'),
  ),
  step('integrate guestbook with kv', async (model) => await model.juju('integrate', 'guestbook', 'kv')),
  step('wait until all is active', async (model) => {
    await model.active({ kv: 1, guestbook: 1 });
    return await model.juju('status');
  }),
  step('write an entry over HTTP, and read it', async (model) => {
    await request(model, UNIT, '/entries', ENTRY);
    return await pageHas(model, UNIT, 'Welcome!', ENTRY);
  }),
  step('change the greeting', async (model) => {
    await model.juju('config', 'guestbook', 'greeting=Good evening!');
    return await pageHas(model, UNIT, 'Good evening!', ENTRY);
  }),
  step('run the action export', async (model) => {
    const results = await model.juju('run', UNIT, 'export', 'format=json', 'limit=5');
    if (!results.includes(ENTRY)) throw new Error(`the action does not return the entry: ${results}`);
    return results;
  }),
  step('add a unit', async (model) => {
    await model.juju('add-unit', 'guestbook');
    await model.active({ guestbook: 2 });
    return await pageHas(model, 'guestbook/1', 'Good evening!', ENTRY);
  }),
  step('kill -9 a running dispatch; the unit recovers with nothing lost', killDispatch),
  step('refresh to the same charm', async (model, charm) => {
    await deploy(model, 'guestbook-k8s', charm('guestbook-k8s'), 'guestbook');
    await model.active({ guestbook: 2 });
    return await pageHas(model, UNIT, 'Still here!', ENTRY);
  }),
  step('remove guestbook', async (model) => await removed(model, 'guestbook')),
];

export const MACHINE_STEPS: readonly Step[] = [
  step('deploy noop', async (model, charm) => await deploy(model, 'noop-machine', charm('noop-machine'), 'noop')),
  step('wait until it is active', async (model) => {
    await model.active({ noop: 1 });
    return await model.juju('status');
  }),
  step('refresh to the same charm', async (model, charm) => {
    await deploy(model, 'noop-machine', charm('noop-machine'), 'noop');
    await model.active({ noop: 1 });
    return undefined;
  }),
  step('remove noop', async (model) => await removed(model, 'noop')),
];

async function deploy(model: Model, example: string, charm: string, application: string): Promise<string> {
  const args = [`examples/${example}`, application, '--charm', charm, '--model', model.address];
  return await model.programs.charmed('deploy', ...args);
}

async function removed(model: Model, application: string): Promise<undefined> {
  await model.juju('remove-application', application, '--no-prompt');
  await model.until(`${application} gone`, async () => {
    return application in (await model.status()).applications ? 'it is still there' : undefined;
  });
}

// Juju runs the hook again by itself.
async function killDispatch(model: Model): Promise<string> {
  const kill = model.juju('ssh', UNIT, 'sh', '-c', killScript(model.name));
  await Promise.all([kill, model.juju('config', 'guestbook', 'greeting=Still here!')]);
  await model.until('the killed hook in the log', async () => {
    const log = await model.juju('debug-log', '--replay', '--no-tail', '--include', UNIT);
    return log.includes('failed: signal: killed') ? undefined : 'the log has none';
  });
  await model.active({ guestbook: 2 });
  return await pageHas(model, UNIT, 'Still here!', ENTRY);
}

/** Looks for a dispatch of this unit of this model until there is one. Any other process is left alone. */
function killScript(model: string): string {
  return `i=0
while [ $i -lt 20000 ]; do
  i=$((i+1))
  for file in $(grep -ls src/charm.cjs /proc/[0-9]*/cmdline); do
    dir=\${file%/cmdline}
    grep -qsz '^JUJU_MODEL_NAME=${model}$' $dir/environ || continue
    grep -qsz '^JUJU_UNIT_NAME=${UNIT}$' $dir/environ || continue
    kill -9 \${dir#/proc/} && exit 0
  done
done
echo 'no dispatch was seen' >&2
exit 1`;
}

async function pageHas(model: Model, unit: string, ...texts: readonly string[]): Promise<string> {
  let page = '';
  await model.until(`the page of ${unit} with ${texts.join(', ')}`, async () => {
    page = await request(model, unit, '/').catch(String);
    return texts.every((text) => page.includes(text)) ? undefined : `it shows: ${page}`;
  });
  return page;
}

/** From here if the unit can be reached, else from within its workload, which has a Node. */
async function request(model: Model, unit: string, path: string, body?: string): Promise<string> {
  const host = await model.addressOf(unit);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:8080${path}`;
  const method = body === undefined ? 'GET' : 'POST';
  try {
    const response = await fetch(url, { method, body: body ?? null, signal: AbortSignal.timeout(10_000) });
    return await response.text();
  } catch {
    const options = JSON.stringify({ method, body });
    const script = `fetch(${JSON.stringify(url)}, ${options}).then(async (got) => console.log(await got.text()))`;
    return await model.juju('ssh', '--container', 'guestbook', unit, 'node', '-e', script);
  }
}
