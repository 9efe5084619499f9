// What an event is about.

import type { CustomEventBase, CustomEventSource } from '@charmed/ops';
import type { EventHost } from '@charmed/ops/internal';
import type { CheckInfo } from '../state/check-info.ts';
import type { Container } from '../state/container.ts';
import type { Notice } from '../state/notice.ts';
import type { AnyRelation } from '../state/relation.ts';
import type { Secret } from '../state/secret.ts';
import type { Storage } from '../state/storage.ts';

export type LifecycleName =
  | 'collect-app-status'
  | 'collect-unit-status'
  | 'config-changed'
  | 'install'
  | 'leader-elected'
  | 'leader-settings-changed'
  | 'post-series-upgrade'
  | 'pre-series-upgrade'
  | 'remove'
  | 'start'
  | 'stop'
  | 'update-status'
  | 'upgrade-charm';

export type About =
  | { readonly what: LifecycleName }
  | {
      readonly what:
        | 'relation-created'
        | 'relation-joined'
        | 'relation-changed'
        | 'relation-departed'
        | 'relation-broken';
      readonly relation: AnyRelation;
      /** Number of the unit on the other side; `null` is none. Default, where there is one at all: the first. */
      readonly remoteUnit?: number | null | undefined;
      /** Number of the unit that leaves. Default: the remote unit. */
      readonly departingUnit?: number | undefined;
    }
  | {
      readonly what: 'pebble-ready' | 'pebble-custom-notice' | 'pebble-check-failed' | 'pebble-check-recovered';
      readonly container: Container;
      readonly notice?: Notice;
      readonly check?: CheckInfo;
    }
  | { readonly what: 'storage-attached' | 'storage-detaching'; readonly storage: Storage }
  | {
      readonly what: 'secret-changed' | 'secret-rotate' | 'secret-remove' | 'secret-expired';
      readonly secret: Secret;
      readonly revision?: number;
    }
  | {
      readonly what: 'action';
      readonly action: string;
      readonly params: Readonly<Record<string, unknown>>;
      readonly id: string;
    }
  | { readonly what: 'custom'; readonly choose: CustomChoice; readonly payload: object };

/** Finds an event of the charm's own. */
export type CustomChoice = (charm: never) => CustomEventSource<CustomEventBase, EventHost>;
