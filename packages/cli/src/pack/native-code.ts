// Packages that need more than their JavaScript: addons and WebAssembly that they read from their own folder, which a bundle has not.

import { globSync } from 'node:fs';
import { CliError } from '../errors.ts';
import type { BundledPackage } from './licences.ts';

const SIGNS = ['binding.gyp', 'prebuilds/**/*.node', 'build/Release/*.node', '*.node', '**/*.wasm'];

/** @param code of the bundle, which names what it reads. @throws CliError `native-code` with the packages. */
export function refuseNativeCode(packages: readonly BundledPackage[], code: string): void {
  const native = packages.filter(({ directory }) => {
    const files = globSync(SIGNS, { cwd: directory, exclude: ['**/node_modules'] });
    return files.some((file) => !file.endsWith('.wasm') || code.includes(file.slice(file.lastIndexOf('/') + 1)));
  });
  if (native.length === 0) return;
  const names = native.map(({ name }) => name).join(', ');
  const advice = 'Use a package of JavaScript alone, or let the workload do it.';
  throw new CliError('native-code', `cannot bundle ${names}: it reads compiled code from files of its own. ${advice}`);
}
