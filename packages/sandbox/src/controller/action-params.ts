// The parameters of an action, checked against its JSON schema and completed with its defaults, as Juju does before it queues the action.

import { Validator, type Schema } from '@cfworker/json-schema';
import { OpsError, type MetaSource } from '@charmed/ops/internal';
import { defaultParams } from '@charmed/sim/model';

type Params = Readonly<Record<string, unknown>>;

/** @throws OpsError `bad-action-params` with all that is wrong. */
export function actionParams(charm: MetaSource, action: string, given: Params): Params {
  const declared = charm.actions?.[action] ?? {};
  const schema: Schema = {
    type: 'object',
    properties: (declared.params ?? {}) as Readonly<Record<string, Schema>>,
    ...(declared.required && { required: [...declared.required] }),
    ...(declared.additionalProperties !== undefined && { additionalProperties: declared.additionalProperties }),
  };
  const params = { ...defaultParams(declared.params), ...given };
  const { valid, errors } = new Validator(schema, '4', false).validate(params);
  if (valid) return params;
  // The validator reports a failure at each level above it too; the deepest say what is wrong.
  const causes = errors.filter(({ keyword }) => keyword !== 'properties');
  const reasons = causes.map(({ instanceLocation, error }) =>
    `${instanceLocation.replace(/^#\/?/, '')}: ${error}`.replace(/^: /, ''),
  );
  throw new OpsError('bad-action-params', `cannot run "${action}": ${reasons.join(' ')}`);
}
