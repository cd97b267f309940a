// An OpenID provider on a free port of loopback, which it prints. A line "rotate" on its standard input gives it a new
// signing key; it ends with its standard input.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

import Provider from 'oidc-provider';

console.info = console.warn; // the library's notices, so that the tests alone read what is printed

const { clients, people } = JSON.parse(process.argv[2]);

let rotations = 0;

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${rotations++}`, use: 'sig', alg: 'RS256' };
}

function callback() {
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients,
    jwks: { keys: [signingKey()] },
    cookies: { keys: ['a key of the tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    pkce: { required: () => true },
    findAccount: (ctx, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  });
  return provider.callback();
}

let answer;
const server = createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1', () => {
  answer = callback();
  console.log(`http://127.0.0.1:${server.address().port}`);
});

createInterface({ input: process.stdin })
  .on('line', () => {
    answer = callback();
    console.log('rotated');
  })
  .on('close', () => process.exit());
