// Base64 as Go's encoding/base64 reads it: strictly, but for line ends.

const ALPHABET = /^[A-Za-z0-9+/]*$/;

/** @throws Error with Go's words, when the text is no base64. */
export function decodeBase64(text: string): string {
  const joined = text.replaceAll(/[\r\n]/g, '');
  const [, data = '', padding = ''] = /^([^=]*)(={0,2})$/.exec(joined) ?? [];
  const isWhole = joined.length % 4 === 0 && data.length + padding.length === joined.length;
  if (!isWhole || !ALPHABET.test(data)) throw new Error(`illegal base64 data at input byte ${firstBad(joined)}`);
  return Buffer.from(joined, 'base64').toString();
}

function firstBad(text: string): number {
  const bad = text.search(/[^A-Za-z0-9+/]/);
  return bad < 0 ? text.length : bad;
}
