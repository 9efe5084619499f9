// `charmed check`: what is wrong with the project, before Juju finds it.

import { join, relative } from 'node:path';
import { Command } from 'commander';
import { check } from '../check/check.ts';
import type { CheckFinding } from '../check/finding.ts';
import type { Severity } from '../findings/rules.ts';
import { examples } from '../output/help.ts';
import { formatOption, outputOf } from '../output/output.ts';

interface Options {
  readonly strict?: boolean;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('tell what is wrong with the charm, before Juju does')
    .argument('[dir]', 'folder of the charm', '.')
    .addOption(formatOption())
    .option('--strict', 'fail for warnings too')
    .addHelpText(
      'after',
      examples({
        'charmed check': 'the charm in this folder',
        'charmed check --strict --format json': 'in CI: fail for warnings too, and print for a program',
      }),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 when nothing is wrong, 1 when there are errors (with --strict, warnings too).',
    )
    .action(checkProject);
}

async function checkProject(directory: string, { strict }: Options, command: Command): Promise<void> {
  const findings = await check(directory);
  outputOf(command).result(findings, () => linesOf(findings, directory));
  if (findings.some(({ severity }) => strict || severity === 'error')) process.exitCode = 1;
}

function linesOf(findings: readonly CheckFinding[], directory: string): readonly string[] {
  const lines = findings.map(({ file, line, column, rule, severity, message }) => {
    return `${relative('.', join(directory, file))}:${line}:${column}: ${severity}: ${message} [${rule}]`;
  });
  return [...lines, findings.length === 0 ? 'Nothing is wrong.' : `${count('error')}, ${count('warning')}`];

  function count(severity: Severity): string {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${severity}${number === 1 ? '' : 's'}`;
  }
}
