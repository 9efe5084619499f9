// Shows the charm's own TypeScript lines in stack traces of a bundle. Source maps are read when the first stack is formatted, so a
// dispatch that does not crash does not pay for them.

import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param charmDir paths in stacks are shown relative to it. */
export function installSourceMaps(charmDir: string): void {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string) => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => `    at ${describe(frame, mapOf, charmDir)}`);
    return [headline(error), ...lines].join('\n');
  };
}

function headline(error: Error): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function describe(frame: NodeJS.CallSite, mapOf: (file: string) => SourceMap | undefined, charmDir: string): string {
  const script = frame.getFileName();
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (!script || script.startsWith('node:') || line === null || column === null) return asIs(frame);
  const file = script.startsWith('file:') ? fileURLToPath(script) : script;
  const origin = mapOf(file)?.findOrigin(line, column);
  if (!origin || !('fileName' in origin)) return asIs(frame);
  const source = relative(charmDir, resolve(dirname(file), origin.fileName));
  const place = `${source}:${origin.lineNumber}:${origin.columnNumber}`;
  return asIs(frame).replace(`${script}:${line}:${column}`, () => place);
}

function asIs(frame: NodeJS.CallSite): string {
  // oxlint-disable-next-line typescript/no-base-to-string -- V8's frames have a toString of their own, which their type lacks
  return frame.toString();
}

function readMap(file: string): SourceMap | undefined {
  const path = `${file}.map`;
  if (!existsSync(path)) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // a stack in bundled lines is better than none
  }
}
