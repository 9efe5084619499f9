// What services have written.

import { type Case, get, layer, one, services } from '../case.ts';

const shell = (script: string) => ({ override: 'replace', command: `sh -c '${script}'` });

export const logs: readonly Case[] = [
  one('none', get('/v1/logs')),
  one(
    'a plan',
    layer({
      services: {
        a: shell('for i in 1 2 3 4 5; do echo a $i; done; printf end; exec sleep 60'),
        many: shell('i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo $i; done; exec sleep 60'),
      },
    }),
  ),
  one('start', services('start', 'a', 'many')),
  one('the latest of one', get('/v1/logs?services=a')),
  one('the latest two', get('/v1/logs?services=a&n=2')),
  one('thirty, unless asked', get('/v1/logs?services=many')),
  one('all', get('/v1/logs?services=many&n=-1')),
  one('none of them', get('/v1/logs?services=many&n=0')),
  one('of an unknown one', get('/v1/logs?services=nothing')),
  one('a bad number', get('/v1/logs?n=x')),
  one('a negative number', get('/v1/logs?n=-2')),
  one('a bad follow', get('/v1/logs?follow=maybe')),
  { name: 'the rest of a line at the end', steps: [services('stop', 'a'), get('/v1/logs?services=a&n=1')] },
];
