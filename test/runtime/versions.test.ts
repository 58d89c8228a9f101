import {describe, expect, test} from 'vitest';
import {checkVersions} from '../../src/runtime/versions.ts';

describe('checkVersions (rule 1)', () => {
  test.each([
    ['24.15.0', '3.51.3', null],
    ['24.21.0', '3.53.0', null],
    ['25.0.0-nightly', '4.0.0', null],
    ['24.14.9', '3.51.3', 'NODE_TOO_OLD'],
    ['20.20.2', undefined, 'NODE_TOO_OLD'],
    ['9.0.0', '3.51.3', 'NODE_TOO_OLD'],
    ['24.15.0', '3.51.2', 'SQLITE_TOO_OLD'],
    ['24.15.0', '3.9.9', 'SQLITE_TOO_OLD'],
    ['24.15.0', undefined, 'SQLITE_TOO_OLD'],
    ['nonsense', '3.51.3', 'NODE_TOO_OLD'],
  ])('Node %s with SQLite %s', (node, sqlite, code) => {
    expect(checkVersions({node, sqlite})?.code ?? null).toBe(code);
  });

  test('this Node carries us', () => {
    expect(checkVersions(process.versions)).toBeNull();
  });
});
