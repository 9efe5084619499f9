// Actions: their parameters, and what they tell.

import type { Call, Script } from '../script.ts';

const BEGIN: Call = ['begin'];

export const actionScripts: readonly Script[] = [
  { name: 'an action without parameters', calls: [BEGIN, ['runAction', 'greet']] },
  {
    name: 'parameters have defaults',
    handlers: { 'greet-action': [['params']] },
    calls: [BEGIN, ['runAction', 'greet'], ['runAction', 'greet', { name: 'x' }], ['runAction', 'greet', { times: 3 }]],
  },
  {
    name: 'results and logs',
    handlers: {
      'greet-action': [
        ['log', 'one'],
        ['results', { a: 'b' }],
        ['log', 'two'],
        ['results', { c: 'd' }],
      ],
    },
    calls: [BEGIN, ['runAction', 'greet']],
  },
  {
    name: 'nested results',
    handlers: { 'greet-action': [['results', { a: { b: 'c' } }]] },
    calls: [BEGIN, ['runAction', 'greet']],
  },
  {
    name: 'a failure',
    handlers: {
      'greet-action': [
        ['log', 'one'],
        ['results', { a: 'b' }],
        ['fail', 'no'],
        ['log', 'two'],
      ],
    },
    calls: [BEGIN, ['runAction', 'greet']],
  },
  {
    name: 'a failure without a reason',
    handlers: { 'greet-action': [['fail', '']] },
    calls: [BEGIN, ['runAction', 'greet']],
  },
  { name: 'an unknown action', calls: [BEGIN, ['runAction', 'nope']] },
  {
    name: 'a parameter that is required',
    handlers: { 'strict-action': [['params']] },
    calls: [BEGIN, ['runAction', 'strict'], ['runAction', 'strict', { who: 'x' }]],
  },
  {
    name: 'additional parameters',
    handlers: { 'open-action': [['params']] },
    calls: [BEGIN, ['runAction', 'open', { a: '1', z: '2' }]],
  },
  { name: 'a name of two words', calls: [BEGIN, ['runAction', 'two-words']] },
  { name: 'an action that throws', handlers: { 'greet-action': [['crash']] }, calls: [BEGIN, ['runAction', 'greet']] },
  {
    name: 'reserved results',
    handlers: { 'greet-action': [['results', { stdout: 'x' }]] },
    calls: [BEGIN, ['runAction', 'greet']],
  },
  { name: 'actions run with hooks disabled', calls: [BEGIN, ['withHooksDisabled', ['runAction', 'greet']]] },
];
