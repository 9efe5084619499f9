// One container while the charm talks to its Pebble.

import { PebbleClient, type PebbleTransport } from '@charmed/ops/pebble';
import { MemoryPebble, type MemoryPebbleOptions } from '@charmed/sim/pebble';
import { CheckInfo, type CheckInfoFields } from '../state/check-info.ts';
import type { Container, ServiceStatus } from '../state/container.ts';
import { Notice } from '../state/notice.ts';
import { readMounts, writeMounts } from './mounts.ts';
import { scriptFor, serviceScriptFor, type ExecObserver } from './exec-script.ts';

type SeededNotice = NonNullable<MemoryPebbleOptions['notices']>[number];

/** When it is in a container by default, unless a notice came later. */
const START = new Date('2030-01-01T00:00:00Z');

export interface NoticeOptions {
  readonly data?: Readonly<Record<string, string>>;
  /** How long the same notice is not told again, in milliseconds. Default: every time. */
  readonly repeatAfterMs?: number;
}

export interface ContainerSurroundings extends ExecObserver {
  /** When it is. */
  readonly now?: Date;
  /** Checks that fail. */
  readonly failing?: readonly string[];
}

export class ContainerDraft {
  readonly #container: Container;
  readonly #pebble: MemoryPebble;

  constructor(container: Container, { now = START, failing = [], ...observer }: ContainerSurroundings = {}) {
    this.#container = container;
    this.#pebble = new MemoryPebble({
      layers: Object.fromEntries(
        Object.entries(container.layers).map(([label, layer]) => [label, JSON.stringify(layer)]),
      ),
      services: container.serviceStatuses,
      checks: Object.fromEntries(container.checkInfos.map((info) => [info.name, info])),
      notices: container.notices.map(seeded),
      start: new Date(Math.max(now.getTime(), ...container.notices.map(({ lastOccurred }) => lastOccurred.getTime()))),
      exec: (command) => scriptFor(container, command, observer),
      service: () => serviceScriptFor(container),
    });
    for (const [path, content] of Object.entries(container.files)) {
      if (path.endsWith('/')) this.#pebble.files.addDirectory(path);
      else this.#pebble.files.add(path, content);
    }
    for (const mount of Object.values(container.mounts)) readMounts(mount, this.#pebble.files);
    for (const check of failing) this.#pebble.failCheck(check);
  }

  get transport(): PebbleTransport {
    return this.#pebble.transport;
  }

  /** Lets its time pass until a check is down or up. Returns false if it does not run. */
  async untilCheck(name: string, status: 'up' | 'down'): Promise<boolean> {
    const statusNow = () =>
      this.#pebble.engine.checks.list().find((check) => check.name === name)?.status ?? 'inactive';
    while (statusNow() !== status) {
      if (statusNow() === 'inactive') return false;
      this.#pebble.clock.step();
      await this.#pebble.clock.advance(0);
    }
    return true;
  }

  /** Records a custom notice, as `pebble notify` does in the container. @throws PebbleAPIError for a key that is none. */
  async notify(key: string, { data, repeatAfterMs }: NoticeOptions): Promise<void> {
    await new PebbleClient(this.transport).notify('custom', key, { data, repeatAfterMs });
  }

  /** The container as the charm has left it. */
  async end(): Promise<Container> {
    const { engine, files } = this.#pebble;
    const all = await filesIn(this.#pebble, '/');
    const mounts = Object.values(this.#container.mounts);
    const isMounted = (path: string) =>
      mounts.some(({ location }) => path === location || path.startsWith(`${location}/`));
    for (const mount of mounts) writeMounts(mount, files);
    const notices = engine.notices.save().notices.filter(({ type, id }) => type !== 'change-update' || this.#had(id));
    return this.#container.with({
      layers: Object.fromEntries(engine.plan.layers()),
      serviceStatuses: this.#serviceStatuses(),
      checkInfos: engine.checks.list().map(({ name, ...info }) => new CheckInfo(name, checkFields(info))),
      notices: notices.map(noticeFrom),
      files: Object.fromEntries(all.filter(([path]) => !isMounted(path))),
    });
  }

  #had(notice: string): boolean {
    return this.#container.notices.some(({ id }) => id === notice);
  }

  // Those that were started at least once, or that the state knew of.
  #serviceStatuses(): Readonly<Record<string, ServiceStatus>> {
    const listed = this.#pebble.engine.services.list([]);
    const known = listed.filter(({ name, since }) => since || name in this.#container.serviceStatuses);
    return Object.fromEntries(known.map(({ name, current }) => [name, current === 'backoff' ? 'error' : current]));
  }
}

function seeded(notice: Notice): SeededNotice {
  const { key, id, userId, type, occurrences, lastData, repeatAfterMs = 0 } = notice;
  const at = (date: Date) => ({ date, nanos: 0 });
  const times = {
    firstOccurred: at(notice.firstOccurred),
    lastOccurred: at(notice.lastOccurred),
    lastRepeated: at(notice.lastRepeated),
  };
  return { key, id, userId, type: type as SeededNotice['type'], occurrences, lastData, repeatAfterMs, ...times };
}

function noticeFrom({
  key,
  firstOccurred,
  lastOccurred,
  lastRepeated,
  repeatAfterMs,
  ...notice
}: SeededNotice): Notice {
  return new Notice(key, {
    ...notice,
    firstOccurred: firstOccurred.date,
    lastOccurred: lastOccurred.date,
    lastRepeated: lastRepeated.date,
    repeatAfterMs: repeatAfterMs || undefined,
  });
}

type EngineCheck = Omit<ReturnType<MemoryPebble['engine']['checks']['list']>[number], 'name'>;

function checkFields({ level, startup, status, successes, failures, threshold }: EngineCheck): CheckInfoFields {
  return {
    level: level === 'alive' || level === 'ready' ? level : undefined,
    startup: startup === 'disabled' ? 'disabled' : 'enabled',
    status,
    successes,
    failures,
    threshold,
  };
}

async function filesIn(pebble: MemoryPebble, path: string): Promise<[string, string | Uint8Array][]> {
  const found: [string, string | Uint8Array][] = [];
  const entries = await pebble.files.list(path, { itself: false, pattern: '' });
  if (entries.length === 0 && path !== '/') return [[`${path}/`, '']];
  for (const entry of entries) {
    if (entry.type === 'directory') found.push(...(await filesIn(pebble, entry.path)));
    const content = entry.type === 'file' ? pebble.files.read(entry.path) : undefined;
    if (content) found.push([entry.path, textOf(content)]);
  }
  return found;
}

function textOf(content: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return content;
  }
}
