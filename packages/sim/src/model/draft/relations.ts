// The relations as a hook sees them: those that its unit was told of, with the members that it was told of.

import type { CurrentRelation, HookRelation, RelationContext, Settings } from '../../juju/context/relation.ts';
import { mergeSettings } from '../changes.ts';
import { isRelationEvent } from '../event.ts';
import { localEndpoint, remoteApplication, shareRelation } from '../relation.ts';
import type { DraftScope } from './scope.ts';

type Pending = Record<string, Settings>;

export class RelationsDraft implements RelationContext {
  readonly #scope: DraftScope;
  readonly #pending: { readonly unit: Pending; readonly application: Pending } = { unit: {}, application: {} };

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  /** What is to change, by relation id. */
  get changes(): { readonly unit: Readonly<Pending>; readonly application: Readonly<Pending> } {
    return this.#pending;
  }

  get current(): CurrentRelation | undefined {
    const { event } = this.#scope.hook;
    if (!isRelationEvent(event)) return undefined;
    return { id: event.relationId, remoteUnit: event.remoteUnit, remoteApplication: event.remoteApp };
  }

  ids(endpoint: string): readonly number[] {
    const ids = Object.keys(this.#scope.unit.relations).map(Number);
    return ids.filter((id) => this.get(id)?.endpoint === endpoint);
  }

  get(id: number): HookRelation | undefined {
    const { hook, unit, application } = this.#scope;
    const relation = hook.base.relations[id];
    if (relation === undefined || unit.relations[id] === undefined) return undefined;
    const remote = remoteApplication(relation, application.name);
    return {
      id,
      endpoint: localEndpoint(relation, application.name).name,
      remoteApplication: remote,
      units: this.#members(id),
      modelUuid: hook.base.remotes[remote]?.modelUuid ?? hook.base.model.uuid,
    };
  }

  // Those that have joined as far as this unit was told, the one that the hook is about included.
  #members(id: number): readonly string[] {
    const { event } = this.#scope.hook;
    const members = new Set(Object.keys(this.#scope.unit.relations[id]?.members ?? {}));
    if (isRelationEvent(event) && event.relationId === id && event.remoteUnit !== undefined) {
      if (event.kind === 'relation-departed') members.delete(event.remoteUnit);
      else members.add(event.remoteUnit);
    }
    return [...members].toSorted();
  }

  settings(id: number, member: string): Settings | undefined {
    const { hook, unit, application } = this.#scope;
    const relation = hook.base.relations[id];
    const bag = relation?.units[member] ?? relation?.applications[member];
    if (relation === undefined || bag === undefined) return undefined;
    if (member in relation.units && !shareRelation(relation, unit.name, member)) return undefined;
    if (member === unit.name) return mergeSettings(bag.settings, this.#pending.unit[id] ?? {});
    if (member === application.name) return mergeSettings(bag.settings, this.#pending.application[id] ?? {});
    return bag.settings;
  }

  update(id: number, owner: 'unit' | 'application', changes: Settings): void {
    const pending = this.#pending[owner];
    pending[id] = { ...pending[id], ...changes };
  }
}
