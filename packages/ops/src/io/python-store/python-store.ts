// What Python ops has stored for a charm, wherever it was kept.

import type { PythonValue } from './python-value.ts';

export interface PythonStore {
  /** For messages: where it is. It is only read, so that what has no match stays there. */
  readonly place: string;
  /** In the order in which they were deferred. */
  readonly notices: readonly PythonNotice[];
  /** By handle, those written last come last. Each is decoded when it is needed. */
  readonly snapshots: ReadonlyMap<string, () => PythonValue>;
}

export interface PythonNotice {
  /** Such as `WebCharm/on/config_changed[12]`. */
  readonly eventPath: string;
  /** Such as `WebCharm/Ingress[ingress]`. */
  readonly observerPath: string;
  /** Such as `_on_config_changed`. */
  readonly method: string;
}
