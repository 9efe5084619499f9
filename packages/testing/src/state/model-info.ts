// The model that the unit is in, and the cloud under it.

import { frozen, Value } from './value.ts';

export interface ModelInfoFields {
  readonly name?: string;
  readonly uuid?: string;
  /** Default: `kubernetes`. */
  readonly type?: 'kubernetes' | 'lxd';
  /** What a charm that is trusted may know of the cloud. Default: nothing. */
  readonly cloudSpec?: CloudSpec | undefined;
}

export class ModelInfo extends Value {
  readonly name: string;
  readonly uuid: string;
  readonly type: 'kubernetes' | 'lxd';
  readonly cloudSpec: CloudSpec | undefined;

  constructor(fields: ModelInfoFields = {}) {
    super();
    this.name = fields.name ?? 'test-model';
    this.uuid = fields.uuid ?? 'b6a3ed4c-2c87-4d5c-9a2e-35d8c11b3b8a';
    this.type = fields.type ?? 'kubernetes';
    this.cloudSpec = fields.cloudSpec;
    Object.freeze(this);
  }

  with(changes: ModelInfoFields): ModelInfo {
    return new ModelInfo({ ...this, ...changes });
  }
}

export interface CloudCredentialFields {
  readonly authType: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Names of attributes that Juju keeps to itself. */
  readonly redacted?: readonly string[];
}

export class CloudCredential extends Value {
  readonly authType: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly redacted: readonly string[];

  constructor(fields: CloudCredentialFields) {
    super();
    this.authType = fields.authType;
    this.attributes = frozen(fields.attributes ?? {});
    this.redacted = frozen(fields.redacted ?? []);
    Object.freeze(this);
  }

  with(changes: Partial<CloudCredentialFields>): CloudCredential {
    return new CloudCredential({ ...this, ...changes });
  }
}

export interface CloudSpecFields {
  /** Default: `localhost`. */
  readonly name?: string;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly identityEndpoint?: string | undefined;
  readonly storageEndpoint?: string | undefined;
  readonly credential?: CloudCredential | undefined;
  /** In PEM. */
  readonly caCertificates?: readonly string[];
  readonly skipTlsVerify?: boolean;
  readonly isControllerCloud?: boolean;
}

export class CloudSpec extends Value {
  /** Such as `lxd` or `kubernetes`. */
  readonly type: string;
  readonly name: string;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly identityEndpoint: string | undefined;
  readonly storageEndpoint: string | undefined;
  readonly credential: CloudCredential | undefined;
  readonly caCertificates: readonly string[];
  readonly skipTlsVerify: boolean;
  readonly isControllerCloud: boolean;

  constructor(type: string, fields: CloudSpecFields = {}) {
    super();
    this.type = type;
    this.name = fields.name ?? 'localhost';
    this.region = fields.region;
    this.endpoint = fields.endpoint;
    this.identityEndpoint = fields.identityEndpoint;
    this.storageEndpoint = fields.storageEndpoint;
    this.credential = fields.credential;
    this.caCertificates = frozen(fields.caCertificates ?? []);
    this.skipTlsVerify = fields.skipTlsVerify ?? false;
    this.isControllerCloud = fields.isControllerCloud ?? false;
    Object.freeze(this);
  }

  with(changes: CloudSpecFields): CloudSpec {
    return new CloudSpec(this.type, { ...this, ...changes });
  }
}
