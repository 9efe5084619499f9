// Handles of Python ops, and what they are here. There the charm is named by its class and every object by class and key; here the
// charm is `charm` and an object is its key.

const SEGMENT = /^([^[\]]+)(?:\[([^[\]]*)\])?$/;
const STATE = /^(?:(.+)\/)?StoredStateData\[([^[\]]+)\]$/;
const EVENT = /^(.+)\/([^/[\]]+)\[(\d+)\]$/;

/** An event of Python ops: `WebCharm/on/config_changed[12]`. */
export interface PythonEvent {
  /** The handle of its emitter here, such as `charm/on`. */
  readonly emitter: string;
  /** Such as `config_changed`. */
  readonly kind: string;
  readonly sequence: number;
}

/** The class of the charm that a handle belongs to, if it belongs to a charm: `WebCharm`. */
export function charmClassOf(path: string): string | undefined {
  const [root = ''] = path.split('/');
  return root.includes('[') || root === 'on' ? undefined : root;
}

/** The handle that an object of Python has here, or `undefined` if it is no handle. */
export function handleOf(path: string): string | undefined {
  const segments = path.split('/').map((segment, index) => {
    const [, kind, key] = SEGMENT.exec(segment) ?? [];
    return key || (index === 0 && kind ? 'charm' : kind);
  });
  return segments.every((segment) => segment !== undefined) ? segments.join('/') : undefined;
}

/** The handle that a stored state of Python has here: `charm/_stored` for `WebCharm/StoredStateData[_stored]`. */
export function stateHandleOf(path: string): string | undefined {
  const [, owner, name] = STATE.exec(path) ?? [];
  const handle = owner && handleOf(owner);
  return handle && name && `${handle}/${name}`;
}

/** What the framework of Python keeps for itself: how many events there were. */
export function isFrameworkState(path: string): boolean {
  return path === 'StoredStateData[_stored]';
}

export function eventOf(path: string): PythonEvent | undefined {
  const [, emitterPath = '', kind = '', number] = EVENT.exec(path) ?? [];
  const emitter = handleOf(emitterPath);
  return emitter && kind ? { emitter, kind, sequence: Number(number) } : undefined;
}

/** Whether an event has this kind: `db_admin_relation_joined` is `db-admin-relation-joined`. */
export function isSameKind(kind: string, pythonKind: string): boolean {
  return kind.replaceAll('-', '_') === pythonKind;
}

/** Whether a handler has the name that this method has in Python: `_on_s3_ready` is `#onS3Ready` or `onS3Ready`. */
export function isSameHandler(name: string, method: string): boolean {
  return lettersOf(name) === lettersOf(method);
}

function lettersOf(name: string): string {
  return name.replaceAll(/[_#]/g, '').toLowerCase();
}
