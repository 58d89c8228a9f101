import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import cli from '../../config/locales/en/cli.json' with {type: 'json'};
import errors from '../../config/locales/en/errors.json' with {type: 'json'};
import {Fault} from '../../src/domain/fault.ts';
import {faultText} from '../../src/runtime/fault-text.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';

const root = join(import.meta.dirname, '../../src');
const FACES = ['runtime', 'view', 'client', 'cli', 'console', 'wall'];
/** Defects that a log tells of, never a face. */
const NOT_FOR_PEOPLE = new Set(['DEMO_WEBHOOK']);

/** Codes of the faults that a folder throws, with the names of the values they carry. */
function faultCodes(folders: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), {recursive: true, withFileTypes: true})) {
      if (!entry.isFile()) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [, code] of text.matchAll(/new Fault\(\s*'([A-Z_]+)'/g)) codes.add(code ?? '');
    }
  }
  return codes;
}

describe('faultText', () => {
  test('every fault that a face can show has its text in the catalogue', () => {
    const known = new Set([...Object.keys(errors), ...Object.keys(cli.fault)]);
    const missing = [...faultCodes(FACES)].filter(code => !known.has(code) && !NOT_FOR_PEOPLE.has(code));
    expect(missing).toEqual([]);
  });

  test('no text is kept for a fault that nobody throws', () => {
    const thrown = faultCodes(['.']);
    expect(Object.keys(errors).filter(code => !thrown.has(code))).toEqual([]);
  });

  test('a code that the catalogue does not know keeps its own message', () => {
    expect(faultText(new Fault('NO_SUCH_CODE', 'what is wrong'), createTranslate('de'))).toBe('what is wrong');
  });

  test('the values of the fault stand in its text', () => {
    const fault = new Fault('SECRET_FILE', 'no', {file: '/etc/x', reason: 'ENOENT'});
    expect(faultText(fault, createTranslate('de'))).toBe(
      'Die Datei mit dem Geheimnis /etc/x ist nicht lesbar: gibt es nicht, ENOENT',
    );
  });

  test('a code of the system that the catalogue does not know stays a code', () => {
    const fault = new Fault('SECRET_FILE', 'no', {file: '/etc/x', reason: 'EDOM'});
    expect(faultText(fault, createTranslate('en'))).toMatch(/: EDOM$/);
  });
});
