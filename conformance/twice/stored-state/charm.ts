// State that outlives the dispatch, of every type that both languages have.

import { ActiveStatus, CharmBase, main, type Framework } from '@charmed/ops';

interface Stored {
  count: number;
  ratio: number;
  name: string;
  nothing: null;
  flag: boolean;
  names: string[];
  table: Record<string, { deep: number[] }>;
  extra: (boolean | null | number)[];
}

class StoredStateCharm extends CharmBase {
  readonly #stored = this.storedState<Stored>({
    count: 0,
    ratio: 0.5,
    name: 'ü',
    nothing: null,
    flag: false,
    names: [],
    table: {},
    extra: [],
  });
  readonly #cache = this.storedState({ seen: [] as number[] }, { name: 'cache' });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
    this.observe(this.on.configChanged, this.#onConfigChanged);
  }

  async #onUpdateStatus(): Promise<void> {
    const stored = this.#stored;
    stored.count += 1;
    stored.ratio *= 2;
    stored.flag = !stored.flag;
    stored.names.push(`n${stored.count}`);
    stored.table[`k${stored.count}`] = { deep: [stored.count] };
    if (stored.count === 2) {
      delete stored.table['k1'];
      stored.names.unshift('first');
      stored.extra = [true, null, 1.5];
    }
    this.#cache.seen.push(stored.count);
    await this.#show();
  }

  async #onConfigChanged(): Promise<void> {
    this.#stored.count += 100;
    await this.#show();
    throw new Error('this state is lost');
  }

  async #show(): Promise<void> {
    const { count, ratio, name, flag, names, table, extra } = this.#stored;
    const rows = Object.keys(table)
      .toSorted()
      .map((key) => `${key}=${table[key]?.deep[0]}`);
    const words = [count, ratio.toFixed(1), name, flag ? 'on' : 'off', names, rows, count === 2 ? extra.length : '-'];
    await this.unit.setStatus(new ActiveStatus([...words, this.#cache.seen.length].join(' ')));
  }
}

if (import.meta.main) await main(StoredStateCharm);
