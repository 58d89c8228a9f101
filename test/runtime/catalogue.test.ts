import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');
const namespaces = readdirSync(join(root, 'config/locales/en')).map(file => file.replace('.json', ''));
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Json = string | readonly Json[] | {readonly [key: string]: Json};

function flat(json: Json, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof json === 'string') return into.set(path, json);
  for (const [key, value] of Object.entries(json)) flat(value, path === '' ? key : `${path}.${key}`, into);
  return into;
}

function catalogue(language: string, namespace: string): Map<string, string> {
  const json: Json = JSON.parse(readFileSync(join(root, 'config/locales', language, `${namespace}.json`), 'utf8'));
  return flat(json, namespace, new Map());
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^},]+)/g)].map(([, name]) => name ?? '').sort();
}

function sources(): string[] {
  return ['src', 'widgets'].flatMap(folder =>
    readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
      .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')),
  );
}

describe.each(namespaces)('%s.json', namespace => {
  const de = catalogue('de', namespace);
  const en = catalogue('en', namespace);

  test('has the same keys in both languages', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test('has the same placeholders in both languages', () => {
    const wrong = [...en].filter(
      ([key, text]) =>
        placeholders(text).join() !== placeholders(de.get(key) ?? '').join() && !/_one$|_zero$/.test(key),
    );
    expect(wrong).toEqual([]);
  });

  test('has every plural in both of its forms', () => {
    const lonely = [...en.keys()].filter(key => {
      const other = key.endsWith('_one') ? key.replace(/_one$/, '_other') : key.replace(/_other$/, '_one');
      return /_(one|other)$/.test(key) && !en.has(other);
    });
    expect(lonely).toEqual([]);
  });

  test('has no empty text, no control character and no dumb quote of a program', () => {
    const wrong = [...de, ...en].filter(([, text]) => text.trim() === '' || /[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(text));
    expect(wrong).toEqual([]);
  });
});

describe('keys in the source', () => {
  const text = sources().join('\n');
  const known = new Set(namespaces.flatMap(namespace => [...catalogue('en', namespace).keys()]));
  const unplural = new Set([...known].map(key => key.replace(PLURAL, '')));
  const start = `(?:${namespaces.join('|')})\\.`;

  test('each that t() is asked for is there', () => {
    const asked = [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? '');
    const missing = asked.filter(key => new RegExp(`^${start}`).test(key) && !known.has(key) && !unplural.has(key));
    expect([...new Set(missing)]).toEqual([]);
  });

  test('each that is there is asked for, by its name, by the start of it, or by a name with an ending', () => {
    const names = new Set([...text.matchAll(new RegExp(`['"\`](${start}[\\w.-]+)['"\`]`, 'g'))].map(([, key]) => key));
    const starts = [...text.matchAll(new RegExp(`\`(${start}[\\w.-]*)\\$\\{`, 'g'))].map(([, key]) => key ?? '');
    const endings = [...text.matchAll(/`\$\{[\w.]+\}(\w+)`/g)].map(([, ending]) => ending ?? '');
    for (const name of [...names]) for (const ending of endings) names.add(`${name}${ending}`);
    const unused = [...unplural].filter(key => !names.has(key) && !starts.some(prefix => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });
});
