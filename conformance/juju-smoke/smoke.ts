// Runs the examples on a controller: a model of its own, the steps one after another, and the model is removed, whatever happens.

import { randomBytes } from 'node:crypto';
import type { Programs } from './juju.ts';
import { Model } from './model.ts';
import type { ModelOutcome, StepOutcome } from './report.ts';
import { KUBERNETES_STEPS, MACHINE_STEPS, type Step } from './steps.ts';

export interface SmokeOptions {
  readonly controller: string | undefined;
  /** How long any one thing may take. */
  readonly timeoutMs: number;
  /** Path of the packed charm of an example. */
  readonly charm: (example: string) => string;
  /** For cleaning up, also after an interrupt. */
  readonly cleaner: Programs;
  readonly onStep: (step: StepOutcome) => void;
}

export async function smoke(programs: Programs, options: SmokeOptions): Promise<ModelOutcome> {
  const { controller, timeoutMs, cleaner } = options;
  const name = `charmed-smoke-${randomBytes(4).toString('hex')}`;
  const model = new Model(programs, controller, name, timeoutMs);
  const outcome = (kind: ModelOutcome['kind'], steps: readonly StepOutcome[], remains?: string): ModelOutcome => {
    return { ...(controller === undefined ? {} : { controller }), kind, steps, ...(remains ? { remains } : {}) };
  };
  const add = await runStep(
    { title: `add the model ${name}`, run: async () => await addModel(model, controller) },
    model,
    options,
  );
  if (add.outcome === 'failed') return outcome('unknown', [add]);
  try {
    const kind = await kindOf(model);
    const steps = [add];
    for (const step of kind === 'kubernetes' ? KUBERNETES_STEPS : MACHINE_STEPS) {
      const isOver = steps.some((done) => done.outcome === 'failed');
      steps.push(isOver ? { title: step.title, outcome: 'not run', seconds: 0 } : await runStep(step, model, options));
    }
    const hasFailed = steps.some((done) => done.outcome === 'failed');
    return outcome(
      kind,
      steps,
      hasFailed ? await remainsOf(new Model(cleaner, controller, name, timeoutMs)) : undefined,
    );
  } finally {
    await cleaner.juju('destroy-model', model.address, '--no-prompt', '--destroy-storage', '--force');
  }
}

async function addModel(model: Model, controller: string | undefined): Promise<string> {
  return await model.programs.juju(
    'add-model',
    model.name,
    ...(controller === undefined ? [] : ['--controller', controller]),
  );
}

async function kindOf(model: Model): Promise<'kubernetes' | 'machine'> {
  const shown = JSON.parse(await model.programs.juju('show-model', model.address, '--format', 'json')) as Readonly<
    Record<string, { readonly 'model-type'?: string }>
  >;
  return Object.values(shown)[0]?.['model-type'] === 'caas' ? 'kubernetes' : 'machine';
}

async function runStep(step: Step, model: Model, { charm, onStep }: SmokeOptions): Promise<StepOutcome> {
  const started = performance.now();
  const ended = (outcome: StepOutcome['outcome'], text: string | undefined): StepOutcome => {
    const seconds = (performance.now() - started) / 1000;
    const done = { title: step.title, outcome, seconds, ...(text === undefined ? {} : { text }) };
    onStep(done);
    return done;
  };
  try {
    return ended('passed', await step.run(model, charm));
  } catch (error) {
    return ended('failed', error instanceof Error ? error.message : String(error));
  }
}

async function remainsOf(model: Model): Promise<string> {
  const asked = [model.juju('status'), model.juju('debug-log', '--replay', '--no-tail', '--limit', '500')];
  return (await Promise.all(asked.map(async (answer) => await answer.catch(String)))).join('\n\n');
}
