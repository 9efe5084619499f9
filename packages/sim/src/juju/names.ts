// The names that Juju accepts. Follows github.com/juju/names.

const APPLICATION = '[a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*';
const NUMBER = '(?:0|[1-9][0-9]*)';
const APPLICATION_NAME = new RegExp(`^${APPLICATION}$`);
const STORAGE_ID = new RegExp(`^[a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*/${NUMBER}$`);
const UNIT_NAME = new RegExp(`^${APPLICATION}/${NUMBER}$`);

export function isApplicationName(text: string): boolean {
  return APPLICATION_NAME.test(text);
}

export function isUnitName(text: string): boolean {
  return UNIT_NAME.test(text);
}

/** Such as `data/0`. */
export function isStorageId(text: string): boolean {
  return STORAGE_ID.test(text);
}

export function applicationOfUnit(unit: string): string {
  return unit.slice(0, unit.lastIndexOf('/'));
}
