// Names for errors that both languages have.

import {
  HookCommandError,
  OpsError,
  RelationDataAccessError,
  SecretNotFoundError,
  TooManyRelatedAppsError,
} from '@charmed/ops';
import {
  PebbleAPIError,
  PebbleChangeError,
  PebbleConnectionError,
  PebbleExecError,
  PebblePathError,
} from '@charmed/ops/pebble';
import { ActionFailedError, InconsistentStateError, StateValidationError } from '@charmed/testing';

const NAMES = [
  [RelationDataAccessError, 'relation-data-access'],
  [SecretNotFoundError, 'secret-not-found'],
  [TooManyRelatedAppsError, 'too-many-related-apps'],
  [InconsistentStateError, 'inconsistent'],
  [StateValidationError, 'bad-state'],
  [ActionFailedError, 'action-failed'],
  [PebbleExecError, 'exec'],
  [PebblePathError, 'path'],
  [PebbleConnectionError, 'connection'],
  [PebbleAPIError, 'api'],
  [PebbleChangeError, 'change'],
  [HookCommandError, 'model'],
] as const;

const CODES: Readonly<Record<string, string>> = {
  'invalid-status': 'model',
  'not-leader': 'RuntimeError',
  'not-deferrable': 'RuntimeError',
  'not-in-state': 'RuntimeError',
  'unknown-container': 'model',
  'revision-in-use': 'value',
  'unknown-endpoint': 'KeyError',
};

export function errorName(error: unknown): string {
  const known = NAMES.find(([type]) => error instanceof type);
  if (known) return known[1];
  if (error instanceof OpsError) return CODES[error.code] ?? error.code;
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
