// Numbers for what is made without one. Only their being different matters; give your own where a test looks at them.

let lastRelation = 0;
let lastStorage = 0;
let lastSecret = 0;
let lastNotice = 0;
let lastAction = 0;

export function nextRelationId(): number {
  return ++lastRelation;
}

export function nextStorageIndex(): number {
  return lastStorage++;
}

/** In the form that Juju gives ids of secrets (github.com/rs/xid): 19 digits to the base 32, and a `0`. */
export function nextSecretId(): string {
  return `secret:${(++lastSecret).toString(32).padStart(19, '0')}0`;
}

export function nextNoticeId(): string {
  return String(++lastNotice);
}

export function nextActionId(): string {
  return String(++lastAction);
}
