// The secrets and the storage of a scenario, as a model has them.

import type { SecretContent } from '@charmed/sim/juju';
import type { SecretState, StorageState } from '@charmed/sim/model';

export interface ScenarioSecret {
  /** Of another application, which has granted it unless it is denied. */
  readonly foreign?: boolean;
  readonly denied?: boolean;
  readonly owner: 'application' | 'unit';
  readonly label?: string;
  readonly description?: string;
  readonly rotate?: SecretState['rotate'];
  readonly revision: number;
  readonly content: SecretContent;
  /** Relations that it is granted to. */
  readonly grants?: readonly { readonly relation: number; readonly application: string }[];
}

export interface ScenarioStorage {
  readonly kind: 'filesystem' | 'block';
  readonly location: string;
}

export function secretsOf(secrets: Readonly<Record<string, ScenarioSecret>>): Record<string, SecretState> {
  return Object.fromEntries(Object.entries(secrets).map(([id, secret]) => [id, secretOf(id, secret)]));
}

function secretOf(id: string, { foreign, denied, ...secret }: ScenarioSecret): SecretState {
  const { owner: kind, label = '', description = '', rotate = '', revision, content, grants = [] } = secret;
  const owner = foreign ? 'postgresql' : 'app';
  const granted = foreign && !denied ? [{ relation: 1, application: 'app' }] : grants;
  return {
    id,
    owner: { kind, name: kind === 'unit' ? `${owner}/0` : owner },
    label,
    description,
    rotate,
    rotates: null,
    rotateDue: false,
    latest: revision,
    revisions: { [revision]: { content, expires: null, expireDue: false } },
    grants: granted.map((grant) => ({ ...grant, unit: null })),
    consumers: {},
    announced: [],
  };
}

export function storageOf(storage: Readonly<Record<string, ScenarioStorage>>): Record<string, StorageState> {
  const entries = Object.entries(storage).map(([id, { kind, location }]) => {
    const name = id.slice(0, id.indexOf('/'));
    return [id, { id, name, unit: 'app/0', kind, location, attached: true }] as const;
  });
  return Object.fromEntries(entries);
}
