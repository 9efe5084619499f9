// What a hook sees of the model around its unit.

export interface GoalState {
  /** The units of the application, by name. */
  readonly units: Readonly<Record<string, Goal>>;
  /** By endpoint, then by remote application or unit. Peers are not among them. */
  readonly relations: Readonly<Record<string, Readonly<Record<string, Goal>>>>;
}

export interface Goal {
  readonly status: string;
  /** ISO 8601; `undefined` when not known. */
  readonly since: string | undefined;
}

/** The cloud that a model runs on, with its credential, in the spelling of `credential-get`. */
export interface CloudSpec {
  readonly type: string;
  readonly name: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly 'identity-endpoint'?: string;
  readonly 'storage-endpoint'?: string;
  readonly credential?: {
    readonly 'auth-type': string;
    readonly attrs?: Readonly<Record<string, string>>;
    readonly redacted?: readonly string[];
  };
  readonly cacertificates?: readonly string[];
  readonly 'skip-tls-verify'?: boolean;
  readonly 'is-controller-cloud'?: boolean;
}
