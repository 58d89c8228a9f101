import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {CLOSE} from '../../src/protocol/frames.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
/** Without the padding of table cells. */
const document = read('docs/protocol.md').replaceAll(/ +\|/g, ' |');

/** First cells of the table rows that follow a heading. */
function rows(heading: string): readonly string[] {
  const part = document.slice(document.indexOf(`${heading}\n`));
  const end = part.indexOf('\n#', 1);
  // The first table of it: others may tell more.
  const table = /(?:^\|.*\n)+/m.exec(part.slice(0, end))?.[0] ?? '';
  return [...table.matchAll(/^\| (.+?) \|/gm)].map(([, cell]) => cell ?? '').filter(cell => !/^(frame|-+)$/.test(cell));
}

test('every frame has its row', () => {
  const frames = read('src/protocol/frames.ts');
  const kinds = (from: string, to: string) =>
    [...frames.slice(frames.indexOf(from), frames.indexOf(to)).matchAll(/readonly t: '(\w+)'/g)].map(
      ([, kind]) => `\`${kind}\``,
    );
  expect(rows('### From the collector')).toEqual(kinds('export type ServerFrame', 'export type HistorySeries'));
  expect(rows('### From the client')).toEqual(kinds('export type ClientFrame', '\0'));
});

test('every close code has its row', () => {
  for (const [name, code] of Object.entries(CLOSE)) expect(document).toContain(`| ${code} | \`${name}\` |`);
});

test('every refusal over HTTP and every verdict has its row', () => {
  const statuses = read('src/collector/ingest/respond.ts');
  const table = statuses.slice(statuses.indexOf('const STATUS'), statuses.indexOf('};'));
  for (const [, code, status] of table.matchAll(/(\w+): (\d{3}),/g)) {
    expect(document, code).toMatch(new RegExp(`\\| ${status} \\|.*\`${code}\``));
  }
  const command = read('src/domain/command.ts');
  const verdicts = command.slice(command.indexOf('export type VerdictCode'), command.indexOf('/** What became'));
  for (const [, code] of verdicts.matchAll(/'([A-Z_]+)'/g)) expect(document, code).toContain(`| \`${code}\` |`);
});

test('every kind of command is named, and can be read', () => {
  const reader = read('src/protocol/client-frame.ts');
  const kinds = read('src/domain/command.ts').matchAll(/readonly kind: '([\w-]+)'/g);
  for (const [, kind] of kinds) {
    expect(document, kind).toContain(`\`${kind}\``);
    expect(reader, kind).toContain(`kind: v.literal('${kind}')`);
  }
});
