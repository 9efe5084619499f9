// The cloud under the model, as `credential-get` spells it.

import { HookContextError, type CloudSpec } from '@charmed/sim/juju';
import type { CloudSpec as StateCloudSpec } from '../state/model-info.ts';
import type { DraftScope } from './scope.ts';

/** @throws HookContextError when the application is not trusted with it, or the state has none. */
export function cloudSpecOf({ state, isTrusted }: DraftScope): CloudSpec {
  const { cloudSpec } = state.model;
  if (!isTrusted) throw new HookContextError('permission denied');
  if (!cloudSpec) throw new HookContextError('cloud spec not found');
  return inJujuWords(cloudSpec);
}

export function inJujuWords(cloudSpec: StateCloudSpec): CloudSpec {
  const { type, name, region, endpoint, identityEndpoint, storageEndpoint, credential } = cloudSpec;
  return {
    type,
    name,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(identityEndpoint !== undefined && { 'identity-endpoint': identityEndpoint }),
    ...(storageEndpoint !== undefined && { 'storage-endpoint': storageEndpoint }),
    ...(credential && {
      credential: {
        'auth-type': credential.authType,
        attrs: credential.attributes,
        redacted: credential.redacted,
      },
    }),
    cacertificates: cloudSpec.caCertificates,
    'skip-tls-verify': cloudSpec.skipTlsVerify,
    'is-controller-cloud': cloudSpec.isControllerCloud,
  };
}
