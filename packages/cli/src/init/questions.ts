// What `charmed init` asks a person at a terminal.

import { cancel, intro, isCancel, select, text, type CommonOptions } from '@clack/prompts';
import { Interrupted } from '../interrupt.ts';
import { reasonAgainst } from './charm-name.ts';
import { PROFILES, type Profile } from './profile.ts';

/** Where it asks. */
export type Terminal = Pick<CommonOptions, 'input' | 'output'>;

export async function askProfile(terminal: Terminal): Promise<Profile> {
  const options = (Object.keys(PROFILES) as Profile[]).map((value) => ({ value, hint: PROFILES[value] }));
  return answered(await select({ message: 'What kind of charm is it?', options, ...terminal }), terminal);
}

/** @param proposed taken if nothing is entered. */
export async function askName(proposed: string, terminal: Terminal): Promise<string> {
  const validate = (value = '') => reasonAgainst(value || proposed);
  const question = { message: 'What is its name?', placeholder: proposed, defaultValue: proposed, validate };
  return answered(await text({ ...question, ...terminal }), terminal);
}

export function greet(terminal: Terminal): void {
  intro('A new charm', terminal);
}

function answered<T>(answer: T, terminal: Terminal): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel('Nothing was written.', terminal);
  throw new Interrupted('SIGINT');
}
