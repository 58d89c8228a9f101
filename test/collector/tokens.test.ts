import {readdirSync, readFileSync, statSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openTokens} from '../../src/collector/tokens.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const NEW = {name: 'prometheus', role: 'ingest', customers: null, expiresAt: null} as const;

/** Opens the tokens of a folder until the end of the block. */
function tokensIn(folder: string, outside = virtualOutside()) {
  const tokens = openTokens(folder, outside);
  return Object.assign(tokens, {[Symbol.dispose]: () => tokens.close()});
}

test('rule 14: the secret is shown once, has 256 bits, and stands in no file', () => {
  using folder = temporaryFolder();
  using tokens = tokensIn(folder.path);
  const {record, secret} = tokens.create({...NEW, customers: ['mueller']});
  expect(secret).toMatch(/^noct_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
  expect(record).toMatchObject({
    identity: {name: 'prometheus', role: 'ingest', customers: ['mueller']},
    createdAt: NIGHT,
    revokedAt: null,
  });
  expect(JSON.stringify(tokens.list())).not.toContain(secret.slice(18));
  for (const name of readdirSync(folder.path)) {
    expect(readFileSync(folder.file(name)).includes(secret.slice(18)), name).toBe(false);
    expect(statSync(folder.file(name)).mode & 0o077, name).toBe(0);
  }
});

test('only the token itself opens', () => {
  using folder = temporaryFolder();
  using tokens = tokensIn(folder.path);
  const {record, secret} = tokens.create(NEW);
  const other = tokens.create({...NEW, name: 'other'});
  expect(tokens.verify(secret)?.id).toBe(record.id);
  const mixed = `noct_${record.id}_${other.secret.slice(18)}`;
  for (const wrong of [
    '',
    'noct_',
    secret.slice(0, -1),
    `${secret}x`,
    secret.toUpperCase(),
    mixed,
    ` ${secret}`,
    `${secret}\n`,
  ]) {
    expect(tokens.verify(wrong), wrong).toBeNull();
  }
});

test('what another process makes or revokes is taken up with the next refresh', () => {
  using folder = temporaryFolder();
  using collector = tokensIn(folder.path);
  using cli = tokensIn(folder.path);
  const {record, secret} = cli.create(NEW);
  expect(collector.verify(secret)).toBeNull();
  collector.refresh();
  expect(collector.verify(secret)?.id).toBe(record.id);
  cli.revoke('prometheus');
  collector.refresh();
  expect(collector.verify(secret)).toBeNull();
  expect(collector.current(record.id)).toBeNull();
});

test('a token that has run out opens nothing', () => {
  using folder = temporaryFolder();
  const outside = virtualOutside();
  using tokens = tokensIn(folder.path, outside);
  const {secret} = tokens.create({...NEW, expiresAt: NIGHT + 1000});
  expect(tokens.verify(secret)).not.toBeNull();
  outside.advance(1000);
  expect(tokens.verify(secret)).toBeNull();
});

test('a token is revoked by its id, or by its name when only one has it', () => {
  using folder = temporaryFolder();
  using tokens = tokensIn(folder.path);
  const first = tokens.create(NEW);
  tokens.create(NEW);
  expect(() => tokens.revoke('prometheus')).toThrow(expect.objectContaining({code: 'TOKEN_AMBIGUOUS'}));
  expect(tokens.revoke(first.record.id).revokedAt).toBe(NIGHT);
  expect(tokens.revoke('prometheus').revokedAt).toBe(NIGHT);
  expect(() => tokens.revoke('prometheus')).toThrow(expect.objectContaining({code: 'TOKEN_UNKNOWN'}));
});

test('a token has a name that can be painted', () => {
  using folder = temporaryFolder();
  using tokens = tokensIn(folder.path);
  expect(() => tokens.create({...NEW, name: '  '})).toThrow(expect.objectContaining({code: 'TOKEN_NAME'}));
  expect(tokens.create({...NEW, name: 'jana\u001b[31m'}).record.identity.name).toBe('jana\ufffd[31m');
});
