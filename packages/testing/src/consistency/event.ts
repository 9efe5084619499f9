// An event has to be about something: who makes one without `ctx.on` may leave that out.

import type { Rule } from './situation.ts';

const SUBJECTS = [
  ['relation-', 'relation'],
  ['pebble-', 'container'],
  ['storage-', 'storage'],
  ['secret-', 'secret'],
  ['action', 'action'],
] as const;

export const eventRules: Rule = ({ event: { about } }, findings) => {
  const subject = SUBJECTS.find(([prefix]) => about.what.startsWith(prefix))?.[1];
  if (subject === undefined || subject in about) return;
  findings.wrong(`${about.what} is about no ${subject}: make the event with ctx.on, which asks for one`);
};
