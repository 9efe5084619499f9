import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyPassword } from './sha512-crypt.ts';

const hashes = {
  secret: '$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.',
  'Hello world!':
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
};

test('a password is the one of its hash, and of no other', () => {
  for (const [password, hash] of Object.entries(hashes)) {
    assert.ok(verifyPassword(hash, password));
    assert.ok(!verifyPassword(hash, `${password}x`));
    assert.ok(!verifyPassword(hash, ''));
  }
});

test('what is no such hash fits no password', () => {
  for (const hash of ['', 'secret', '$6$', '$5$abc$def', hashes.secret.slice(0, -1), `${hashes.secret}x`]) {
    assert.ok(!verifyPassword(hash, 'secret'), hash);
  }
});
