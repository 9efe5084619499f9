// The port through which the engine looks at a workload for its health checks.

import { OpsError } from '@charmed/ops/internal';
import type { CommandSpec } from './process.ts';

/** Thrown when a workload is not well. The message is the reason as Pebble words it. */
export class ProbeError extends OpsError {
  constructor(reason: string, details = '') {
    super('probe-failed', details === '' ? reason : `${reason}; ${details}`);
  }
}

/** What a check looks at. */
export type Probe =
  | { readonly kind: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'exec'; readonly spec: CommandSpec };

/** Resolves when all is well, else rejects with a `ProbeError`. The signal ends it; what comes of it then does not matter. */
export type Prober = (check: string, probe: Probe, signal: AbortSignal) => Promise<void>;

const maxLines = 5;

/** What a workload has said, shortened to be shown with an error; `from` is which lines count. */
export function shortened(text: string, from: 'start' | 'end'): string {
  const lines = text.trim().split('\n');
  if (lines.length <= maxLines) return lines.join('\n');
  const some = from === 'start' ? [...lines.slice(0, maxLines), '(...)'] : ['(...)', ...lines.slice(-maxLines)];
  return some.join('\n');
}
