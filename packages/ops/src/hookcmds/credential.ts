// The hook commands of the noun "credential": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask } from './command.ts';
import { flag, optional, record, stringList, stringRecord, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** The cloud that the model runs on, as the controller knows it. */
export interface CloudSpec {
  /** Such as `lxd`, `ec2` or `kubernetes`. */
  readonly type: string;
  readonly name: string;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly identityEndpoint: string | undefined;
  readonly storageEndpoint: string | undefined;
  readonly credential: CloudCredential | undefined;
  /** In PEM. */
  readonly caCertificates: readonly string[];
  readonly skipTlsVerify: boolean;
  readonly isControllerCloud: boolean;
}

export interface CloudCredential {
  /** Such as `certificate` or `oauth2`. */
  readonly authType: string;
  /** Confidential. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of attributes that Juju keeps to itself. */
  readonly redacted: readonly string[];
}

/** The cloud and its credential. Only for an application that was deployed with `--trust`. */
export function credentialGet(runner: HookRunner): Operation<CloudSpec> {
  return ask(runner, 'credential-get', [], (value) => {
    const spec = record(value);
    return {
      type: text(spec.type),
      name: text(spec.name),
      region: filled(spec.region),
      endpoint: filled(spec.endpoint),
      identityEndpoint: filled(spec['identity-endpoint']),
      storageEndpoint: filled(spec['storage-endpoint']),
      credential: optional(spec.credential, credentialFrom),
      caCertificates: stringList(spec.cacertificates ?? []),
      skipTlsVerify: flag(spec['skip-tls-verify'] ?? false),
      isControllerCloud: flag(spec['is-controller-cloud'] ?? false),
    };
  });
}

function credentialFrom(value: unknown): CloudCredential {
  const credential = record(value);
  return {
    authType: text(credential['auth-type']),
    attributes: stringRecord(credential.attrs ?? {}),
    redacted: stringList(credential.redacted ?? []),
  };
}

function filled(value: unknown): string | undefined {
  return optional(value, text) || undefined;
}
