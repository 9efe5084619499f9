// An action and its parameters have to be as declared.

import { namesOf, type Findings, type Rule } from './situation.ts';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export const actionRules: Rule = ({ meta, event: { about } }, findings) => {
  if (!('action' in about)) return;
  const declared = meta.actions?.[about.action];
  if (declared === undefined) {
    return findings.wrong(`the charm has no action ${about.action}, only ${namesOf(meta.actions)}: declare it`);
  }
  const params = declared?.params ?? {};
  for (const [name, schema] of Object.entries(params)) checkSchema(about.action, name, schema, findings);
  for (const [name, value] of Object.entries(about.params)) {
    if (name in params) checkValue(about.action, name, params[name], value, findings);
    else {
      findings.wrong(
        `action ${about.action} has no parameter ${name}, only ${namesOf(params)}: declare it or leave it out`,
      );
    }
  }
};

function checkSchema(action: string, name: string, schema: unknown, findings: Findings): void {
  const type = typeOf(schema);
  if (type === undefined) {
    findings.wrong(`parameter ${name} of action ${action} has no type in the metadata: give it one, such as string`);
  } else if (!TYPES[type]) {
    findings.doubtful(
      `parameter ${name} of action ${action} has type ${type}, which Juju does not know: use ${namesOf(TYPES)}`,
    );
  }
}

function checkValue(action: string, name: string, schema: unknown, value: unknown, findings: Findings): void {
  const type = typeOf(schema);
  if (type === undefined || TYPES[type]?.(value)) return;
  const advice = TYPES[type] ? 'give it a value of that type' : 'leave it out';
  findings.wrong(`action ${action} is given ${JSON.stringify(value)} as ${name}, whose type is ${type}: ${advice}`);
}

function typeOf(schema: unknown): string | undefined {
  const { type } = (schema ?? {}) as { readonly type?: unknown };
  return typeof type === 'string' ? type : undefined;
}
