// Models that are related to each other, or one alone: what happens in one of them may be news for the others.

import { OpsError } from '@charmed/ops';
import { exchange, settle } from '@charmed/sim/model';
import { provide } from './workloads.ts';
import type { World, Worlds } from './world.ts';

export class Cluster<M> {
  readonly models: M[];
  #worlds: Worlds;
  /** Something goes on that ends with other worlds. */
  #isMoving = false;

  constructor(model: M, world: World) {
    this.models = [model];
    this.#worlds = [world];
  }

  get worlds(): Worlds {
    return this.#worlds;
  }

  worldOf(model: M): World {
    const world = this.#worlds[this.models.indexOf(model)];
    if (world === undefined) throw new TypeError('the model is in another cluster');
    return world;
  }

  /** @throws OpsError `not-at-rest`, and what the change throws; then nothing has changed. */
  change(model: M, change: (world: World) => World): void {
    this.#requireRest();
    this.#worlds = connected(this.#with(model, change(this.worldOf(model))));
  }

  /** @throws OpsError `not-at-rest`, and what the change throws; then nothing has changed. */
  async changeInTime(model: M, change: (world: World) => Promise<World>): Promise<void> {
    await this.move(async () => ({ worlds: connected(this.#with(model, await change(this.worldOf(model)))) }));
  }

  /** Ends with other worlds; what was changed meanwhile would be lost. @throws OpsError `not-at-rest`. */
  async move<T extends { readonly worlds: Worlds }>(work: (worlds: Worlds) => Promise<T>): Promise<T> {
    this.#requireRest();
    this.#isMoving = true;
    try {
      const done = await work(this.#worlds);
      this.#worlds = done.worlds;
      return done;
    } finally {
      this.#isMoving = false;
    }
  }

  /** The models of another cluster are in this one from now on. @throws OpsError `not-at-rest`. */
  absorb(other: Cluster<M>): void {
    this.#requireRest();
    other.#requireRest();
    this.#worlds = [...this.#worlds, ...other.#worlds];
    this.models.push(...other.models);
  }

  #with(model: M, world: World): Worlds {
    return this.#worlds.with(this.models.indexOf(model), world);
  }

  #requireRest(): void {
    if (!this.#isMoving) return;
    const reason =
      'it has not come to the end of what it does; first await settle, and whatever else returns a promise';
    throw new OpsError('not-at-rest', `cannot change the model: ${reason}`);
  }
}

/** After they have told each other all that is new. */
export function connected(worlds: Worlds): Worlds {
  if (worlds.length < 2) return worlds;
  let known = worlds;
  for (;;) {
    const states = exchange(known.map(({ state }) => state)).map(settle);
    const before = known;
    if (states.every((state, index) => state === before[index]?.state)) return known;
    known = before.map((world, index) => provide({ ...world, state: states[index] ?? world.state }));
  }
}
