// The body of a push: a JSON part and the file.

import type { Fields } from './fields.ts';

/** Pebble refuses fewer than 32 characters. So many make it certain that no file contains them; they need not be secret. */
const BOUNDARY_LENGTH = 48;

export function newBoundary(): string {
  return Array.from({ length: BOUNDARY_LENGTH }, () => Math.floor(Math.random() * 36).toString(36)).join('');
}

/** What comes before and after the content of the file. */
export function multipartFrame(
  boundary: string,
  request: Fields,
  path: string,
): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  const encoder = new TextEncoder();
  const filename = path.replaceAll(/["\\]/g, String.raw`\$&`);
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="request"',
    'Content-Type: application/json',
    '',
    JSON.stringify(request),
    `--${boundary}`,
    `Content-Disposition: form-data; name="files"; filename="${filename}"`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ];
  return { head: encoder.encode(head.join('\r\n')), tail: encoder.encode(`\r\n--${boundary}--\r\n`) };
}
