// Loaded before a charm: counts what it does to its store and to its end as a process, and kills it before the step of number KILL_AT.
// Writes the names of all steps to STEPS, if that is set.

'use strict';

const fs = require('node:fs');
const { DatabaseSync, StatementSync } = require('node:sqlite');

const steps = [];
const write = fs.writeFileSync;

function step(name) {
  steps.push(name);
  if (steps.length === Number(process.env.KILL_AT)) process.kill(process.pid, 'SIGKILL');
}

function before(object, method, counts = () => true) {
  const original = object[method];
  object[method] = function counted(...args) {
    if (counts(args)) step(`${method} ${String(args[0] ?? '').slice(0, 30)}`.trim());
    return original.apply(this, args);
  };
}

const ofStore = ([path]) => String(path).includes('.charmed-state');
for (const method of ['openSync', 'chmodSync', 'renameSync', 'existsSync']) before(fs, method, ofStore);
for (const method of ['exec', 'close']) before(DatabaseSync.prototype, method);
for (const method of ['all', 'run']) before(StatementSync.prototype, method);

const exit = process.reallyExit;
process.reallyExit = function counted(...args) {
  step('exit');
  if (process.env.STEPS) write(process.env.STEPS, JSON.stringify(steps));
  return exit.apply(this, args);
};
