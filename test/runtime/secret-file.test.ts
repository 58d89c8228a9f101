import {chmodSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readSecretFile} from '../../src/runtime/secret-file.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const CANARY = 'canary-8f2b';

describe('readSecretFile', () => {
  test('takes the secret without its line break', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('token'), `${CANARY}\n`, {mode: 0o600});
    expect(readSecretFile(folder.file('token'))).toEqual({secret: CANARY, mend: null});
  });

  test.each([
    [0o600, false],
    [0o400, false],
    [0o640, true],
    [0o604, true],
    [0o620, true],
    [0o666, true],
  ])('mode %o: says how to close it to others: %s (rule 8)', (mode, isOpen) => {
    using folder = temporaryFolder();
    const file = folder.file("the token's");
    writeFileSync(file, CANARY);
    chmodSync(file, mode);
    expect(readSecretFile(file).mend).toBe(isOpen ? `chmod 600 '${folder.path}/the token'\\''s'` : null);
  });

  test.each([
    ['two lines', `${CANARY}\nmore`, 'SECRET_FILE_LINES'],
    ['nothing', ' \n', 'SECRET_FILE_EMPTY'],
    ['too much', CANARY.repeat(1000), 'SECRET_FILE_LONG'],
  ])('refuses %s and never says what it read (rule 10)', (_, content, code) => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('token'), content, {mode: 0o600});
    expect(() => readSecretFile(folder.file('token'))).toThrow(
      expect.objectContaining({code, message: expect.not.stringContaining(CANARY)}),
    );
  });

  test('a missing file is a fault that names it', () => {
    expect(() => readSecretFile('/nonexistent/token')).toThrow(
      expect.objectContaining({code: 'SECRET_FILE', values: {file: '/nonexistent/token', reason: 'ENOENT'}}),
    );
  });
});
