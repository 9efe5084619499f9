// Stored states have to be apart, and of JSON values.

import { isPlainObject } from '@charmed/ops/internal';
import { repeated, type Rule } from './situation.ts';

export const storedStateRules: Rule = ({ state }, findings) => {
  for (const handle of repeated(state.storedStates.map((stored) => stored.handle))) {
    findings.wrong(`the state has stored state ${handle} twice: give one another name or owner`);
  }
  for (const { handle, content } of state.storedStates) {
    for (const [field, value] of Object.entries(content)) {
      if (isJson(value)) continue;
      findings.wrong(
        `field ${field} of stored state ${handle} holds no JSON value: use texts, numbers, booleans, null, arrays and plain objects`,
      );
    }
  }
};

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && isPlainObject(value) && Object.values(value).every(isJson);
}
