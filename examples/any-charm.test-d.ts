// Libraries take `AnyCharm`: every example is one.

import type { AnyCharm } from '@charmed/ops';
import type { GuestbookCharm } from './guestbook-k8s/src/charm.ts';
import type { KvCharm } from './kv-k8s/src/charm.ts';
import type { NoopCharm } from './noop-machine/src/charm.ts';

export const charms = (guestbook: GuestbookCharm, kv: KvCharm, noop: NoopCharm): readonly AnyCharm[] => [
  guestbook,
  kv,
  noop,
];
