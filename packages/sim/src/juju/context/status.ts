// The statuses of a hook's unit and its application.

export interface StatusInfo {
  readonly status: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StatusContext {
  unit(): StatusInfo;
  /** The application's status as its leader set it, and those of its units. */
  application(): { readonly application: StatusInfo; readonly units: Readonly<Record<string, StatusInfo>> };
  /** Visible at once. */
  setUnit(status: string, message: string): void;
  /** Visible at once. */
  setApplication(status: string, message: string): void;
}
