// The four ways to say whose something is, as they stand in a request.

import type { UserConfig } from '@charmed/ops/internal';
import type { Payload } from './body.ts';

export function userFields(payload: Payload): UserConfig {
  const userId = payload.optionalInteger('user-id');
  const user = payload.optionalText('user');
  const groupId = payload.optionalInteger('group-id');
  const group = payload.optionalText('group');
  return {
    ...(userId !== undefined && { 'user-id': userId }),
    ...(user !== undefined && { user }),
    ...(groupId !== undefined && { 'group-id': groupId }),
    ...(group !== undefined && { group }),
  };
}
