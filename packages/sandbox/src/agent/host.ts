// What an agent needs of its controller.

import type { ModelState } from '@charmed/sim/model';
import type { SandboxDirectories } from '../directories.ts';

export interface AgentHost {
  readonly directories: SandboxDirectories;
  /** The first delay before a failed hook runs again. */
  readonly retryDelayMs: number;
  state(): ModelState;
  /** Changes the model in one transaction, with notes to be remembered, and wakes whoever the change concerns. */
  update(change: (state: ModelState) => ModelState, notes?: Readonly<Record<string, string>>): void;
  log(unit: string, module: string, level: string, message: string): void;
  /** The unpacked charm of an application, to be copied. */
  expandedCharm(application: string): Promise<string>;
  /** Keeps a note of the agent across restarts. */
  remember(name: string, value: string): void;
  recall(name: string): string | undefined;
  startRun(unit: string, context: string): void;
  endRun(unit: string): void;
}
