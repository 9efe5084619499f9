// The typed value of a `charmcraft.yaml`: what `@charmed/ops` knows of a charm, and what only packing needs.

import type { MetaSource } from '@charmed/ops/internal';

/** A valid `charmcraft.yaml`, in its own spelling. Sections without content are absent, actions without a body empty. */
export interface Charmcraft extends MetaSource {
  readonly type: 'charm';
  readonly summary: string;
  readonly description: string;
  /** Such as `ubuntu@24.04`. Absent when each platform names its own. */
  readonly base?: string;
  readonly platforms?: Readonly<Record<string, Platform | null>>;
  readonly devices?: Readonly<Record<string, unknown>>;
}

export interface Platform {
  readonly 'build-on'?: string | readonly string[];
  readonly 'build-for'?: string | readonly string[];
}
