// Identities: who may do what.

import { type Case, get, one, post } from '../case.ts';

const change = (action: string, identities: object) => post('/v1/identities', { action, identities });
const all = get('/v1/identities');
const local = (userId: number, access = 'read') => ({ access, local: { 'user-id': userId } });
// Of "secret".
const hash = '$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.';
const basic = (access: string) => ({ access, basic: { password: hash } });
const pem = `-----BEGIN CERTIFICATE-----
MIIBRDCB96ADAgECAhQPtclnVmDP9oLVw1qIXOMedw+duTAFBgMrZXAwFzEVMBMG
A1UEAwwMY2hhcm1lZC10ZXN0MCAXDTI2MTEyNjEzMzQyNVoYDzIxMjYxMTAyMTMz
NDI1WjAXMRUwEwYDVQQDDAxjaGFybWVkLXRlc3QwKjAFBgMrZXADIQB9Z4tvBAgh
/AhNbYQEO1ImpqHkSwd3yOSHfbY087ePTqNTMFEwHQYDVR0OBBYEFEHi9dEHZFL9
Bik4Mi0VUt3qHkoyMB8GA1UdIwQYMBaAFEHi9dEHZFL9Bik4Mi0VUt3qHkoyMA8G
A1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAgN04PaCn0w7EJea7RB4qkyLAM61/o8Q4
wtrujbdE8+TJOw8PUzOZo82icRUr1GTebqGILRadjrm633CdUUxcAg==
-----END CERTIFICATE-----
`;
const cert = (text: string) => ({ a: { access: 'read', cert: { pem: text } } });
const login = (name: string, password = 'secret') => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
const paths = [
  'system-info',
  'health',
  'services',
  'plan?format=yaml',
  'metrics',
  'checks',
  'changes',
  'identities',
  'notices',
  'logs',
  'files?action=list&path=$DIR',
];

export const identities: readonly Case[] = [
  one('none', all),
  { name: 'add', steps: [change('add', { bob: local(42), alice: local(43, 'admin') }), all] },
  one('add again', change('add', { bob: local(42), zoe: local(1) })),
  one('add null', change('add', { bob: null })),
  { name: 'update', steps: [change('update', { bob: local(42, 'untrusted') }), all] },
  one('update of an unknown one', change('update', { zoe: local(1), adam: local(2) })),
  { name: 'replace', steps: [change('replace', { bob: null, carol: basic('metrics') }), all] },
  one('remove an unknown one', change('remove', { zoe: null })),
  one('remove with a value', change('remove', { carol: local(1) })),
  { name: 'remove', steps: [change('remove', { alice: null }), all] },
  one('two of the same user', change('add', { a: local(50), b: local(50) })),
  one('no access', change('add', { a: { local: { 'user-id': 1 } } })),
  one('an unknown access', change('add', { a: local(1, 'nonsense') })),
  one('no type', change('add', { a: { access: 'read' } })),
  one('no user', change('add', { a: { access: 'read', local: {} } })),
  one('no password', change('add', { a: { access: 'read', basic: {} } })),
  one('no certificate', change('add', cert('x'))),
  one('a certificate that is none', change('add', cert(pem.replaceAll(/^[A-Za-z0-9+/=]+$/gm, 'AAAA')))),
  one('a certificate and more', change('add', cert(`${pem}\n`))),
  one('a certificate that is empty', change('add', cert(''))),
  {
    name: 'certificates',
    steps: [
      change('add', { ...cert(`before\n${pem}`), z: { access: 'admin', cert: { pem }, local: { 'user-id': 7 } } }),
      all,
      change('remove', { a: null, z: null }),
      all,
    ],
  },
  ...[post('/v1/pairing', { action: 'pair' }), post('/v1/pairing', {}), get('/v1/pairing')].map((step, index) =>
    one(`pairing (${index + 1})`, step),
  ),
  one('a bad name', change('add', { '1a': local(1) })),
  {
    name: 'passwords',
    steps: [change('add', { admin: basic('admin'), reader: basic('read'), nobody: basic('untrusted') }), all],
  },
  ...['admin', 'reader', 'carol', 'nobody'].map((name): Case => ({
    name: `what ${name} may read`,
    steps: paths
      .map((path) => get(`/v1/${path}`, login(name)))
      .filter(({ path }) => !path.includes('logs') || name !== 'x'),
  })),
  ...['admin', 'reader', 'carol', 'nobody'].map((name): Case => ({
    name: `what ${name} may write`,
    steps: ['services', 'layers', 'files', 'exec', 'signals', 'checks', 'notices', 'identities'].map((path) => ({
      ...post(`/v1/${path}`, {}),
      headers: { 'content-type': 'application/json', ...login(name) },
    })),
  })),
  one('a wrong password', get('/v1/services', login('reader', 'wrong'))),
  one('an unknown name', get('/v1/services', login('nothing'))),
];
