// X.509 certificates in PEM, read as Go's encoding/pem and crypto/x509 read them. Node's own reader has the last word.

import { X509Certificate } from 'node:crypto';

const block = /^-----BEGIN ([^\n]*)-----[ \t]*\r?\n(.*?)^-----END \1-----[ \t]*(?:\r?\n|$)/ms;

/** What is wrong with the text, if anything is. */
export function whyNoCertificate(pem: string): string | undefined {
  const found = block.exec(pem);
  if (found === null) return 'cert identity must include a PEM-encoded certificate';
  if (found.index + found[0].length < pem.length) return 'cert identity cannot have extra data after the PEM block';
  try {
    void new X509Certificate(Buffer.from(found[2] ?? '', 'base64'));
    return undefined;
  } catch {
    return 'cannot parse certificate from cert identity: x509: malformed certificate';
  }
}
