// Storages have to be declared, and each to be there once.

import { namesOf, repeated, type Rule } from './situation.ts';

export const storageRules: Rule = ({ meta, state, event: { about, kind } }, findings) => {
  for (const { name } of state.storages) {
    if (meta.storage && name in meta.storage) continue;
    findings.wrong(
      `the state has storage ${name}, but the charm declares ${namesOf(meta.storage)}: declare it or leave it out`,
    );
  }
  for (const id of repeated(state.storages.map((storage) => storage.id))) {
    findings.wrong(`the state has storage ${id} twice: give each an index of its own`);
  }
  if (!('storage' in about)) return;
  const { name, id } = about.storage;
  if (!meta.storage || !(name in meta.storage)) {
    return findings.wrong(
      `${kind} is about storage ${name}, but the charm declares ${namesOf(meta.storage)}: declare it`,
    );
  }
  if (!state.storages.some((storage) => storage.id === id)) {
    findings.wrong(`${kind} is about storage ${id}, which is not in the state: add it to storages`);
  }
};
