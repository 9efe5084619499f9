// The logger of a dispatch: messages go to juju-log, one after another, beside the charm's own commands.

import type { Logger, LogLevel } from '../log.ts';
import { jujuLogArgs } from './log.ts';
import type { HookRunner } from './runner.ts';

/** One argument of a process holds 131,071 bytes on Linux; a UTF-16 unit takes up to three in UTF-8. */
const MAX_UNITS = Math.floor(131_071 / 3);

interface Line {
  readonly level: LogLevel;
  readonly message: string;
}

export class JujuLog implements Logger {
  readonly #runner: HookRunner;
  readonly #onLost: Logger['log'];
  // Those before #next are sent. Taking them off the front one by one would be slow for a long queue.
  readonly #lines: Line[] = [];
  #next = 0;
  #sending: Promise<void> | undefined;
  #isEnding = false;

  /** @param onLost takes what juju-log does not. */
  constructor(runner: HookRunner, onLost: Logger['log'] = () => undefined) {
    this.#runner = runner;
    this.#onLost = onLost;
  }

  log(level: LogLevel, message: string): void {
    this.#lines.push(...linesOf(level, message));
    if (this.#isEnding) this.flushSync();
    else this.#sending ??= this.#send();
  }

  /** Returns when everything logged so far has been acknowledged. */
  async flush(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  /** Writes what was not sent yet, when the process ends and nothing asynchronous runs any more, and what is logged from then on. */
  flushSync(): void {
    this.#isEnding = true;
    let works = true;
    const unsent = this.#lines.splice(this.#next);
    for (const { level, message } of unsent) {
      works &&= this.#runner.runSync?.('juju-log', jujuLogArgs(level, message)) ?? false;
      if (!works) this.#onLost(level, message);
    }
  }

  // Not an operation of the handler that logs: nobody awaits a log line, and it may be sent after the handler has ended.
  async #send(): Promise<void> {
    for (let line = this.#lines[this.#next]; line; line = this.#lines[this.#next]) {
      const { level, message } = line;
      const sent = () => this.#forget(line);
      const command = this.#runner.run('juju-log', jujuLogArgs(level, message), { onStart: sent });
      const { code } = await command.catch(() => ({ code: 1 }));
      sent();
      if (code !== 0) this.#onLost(level, message);
    }
    this.#lines.length = this.#next = 0;
    this.#sending = undefined;
  }

  // A line counts as unsent until its command's turn comes: if the process ends before, flushSync writes it.
  #forget(line: Line): void {
    if (this.#lines[this.#next] === line) this.#next += 1;
  }
}

function linesOf(level: LogLevel, message: string): readonly Line[] {
  const parts = split(message);
  if (parts.length === 1) return [{ level, message }];
  const notice = `The next ${parts.length} lines are one message of ${message.length} characters.`;
  return [{ level, message: notice }, ...parts.map((part) => ({ level, message: part }))];
}

function split(message: string): readonly string[] {
  if (message.length <= MAX_UNITS) return [message];
  const end = isHighSurrogate(message, MAX_UNITS - 1) ? MAX_UNITS - 1 : MAX_UNITS;
  return [message.slice(0, end), ...split(message.slice(end))];
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit < 0xdc00;
}
