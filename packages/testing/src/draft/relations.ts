// The relations of the unit, and what either side has published in them.

import type { HookContext, Settings } from '@charmed/sim/juju';
import { mergeSettings } from '@charmed/sim/model';
import { PeerRelation, remoteAppOf, remoteUnitsOf, type AnyRelation } from '../state/relation.ts';
import { current, type DraftScope } from './scope.ts';

type RelationContext = HookContext['relations'];

export class RelationsDraft implements RelationContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  get current(): RelationContext['current'] {
    const { relation, remoteUnit, remoteApplication } = this.#scope.event.names();
    return relation === undefined ? undefined : { id: relation, remoteUnit, remoteApplication };
  }

  ids(endpoint: string): readonly number[] {
    return this.#all.filter((relation) => relation.endpoint === endpoint).map(({ id }) => id);
  }

  get(id: number): ReturnType<RelationContext['get']> {
    const relation = this.#find(id);
    if (!relation) return undefined;
    const { appName, state } = this.#scope;
    return {
      id,
      endpoint: relation.endpoint,
      remoteApplication: remoteAppOf(relation, appName),
      units: this.#members(relation),
      modelUuid: ('remoteModelUuid' in relation ? relation.remoteModelUuid : undefined) ?? state.model.uuid,
    };
  }

  // As in Juju, who departs is not among them any more, and in relation-broken nobody is.
  #members(relation: AnyRelation): readonly string[] {
    const isCurrent = this.current?.id === relation.id;
    const { what } = this.#scope.event;
    if (isCurrent && what === 'relation-broken') return [];
    const gone = isCurrent && what === 'relation-departed' ? this.current?.remoteUnit : undefined;
    const remote = remoteAppOf(relation, this.#scope.appName);
    const units = Object.keys(remoteUnitsOf(relation)).map((number) => `${remote}/${number}`);
    return units.filter((unit) => unit !== gone);
  }

  settings(id: number, member: string): Settings | undefined {
    const relation = this.#find(id);
    if (!relation) return undefined;
    const { appName, unitName } = this.#scope;
    if (member === unitName) return relation.localUnitData;
    if (member === appName) return relation.localAppData;
    const remote = remoteAppOf(relation, appName);
    if (member === remote && !(relation instanceof PeerRelation)) return relation.remoteAppData;
    const number = member.startsWith(`${remote}/`) ? Number(member.slice(remote.length + 1)) : -1;
    // Whom the event names was in the relation, even if it has left nothing behind.
    return remoteUnitsOf(relation)[number] ?? (member === this.current?.remoteUnit ? {} : undefined);
  }

  update(id: number, owner: 'unit' | 'application', settings: Settings): void {
    this.#scope.changes.relations = this.#all.map((relation) =>
      relation.id === id ? withSettings(relation, owner, settings) : relation,
    );
  }

  get #all(): readonly AnyRelation[] {
    return current(this.#scope, 'relations');
  }

  #find(id: number): AnyRelation | undefined {
    return this.#all.find((relation) => relation.id === id);
  }
}

function withSettings(relation: AnyRelation, owner: 'unit' | 'application', settings: Settings): AnyRelation {
  return owner === 'unit'
    ? relation.with({ localUnitData: mergeSettings(relation.localUnitData, settings) })
    : relation.with({ localAppData: mergeSettings(relation.localAppData, settings) });
}
