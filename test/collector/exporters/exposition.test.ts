import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {expositionReader, parseLine, type Sample} from '../../../src/collector/exporters/exposition.ts';
import {Fault} from '../../../src/domain/fault.ts';
import {fastestMs} from '../../support/stopwatch.ts';

const folder = new URL('../../fixtures/integrations/prometheus/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, folder), 'utf8');

function readAll(chunks: Iterable<Uint8Array>): readonly Sample[] {
  const samples: Sample[] = [];
  const reader = expositionReader(sample => samples.push(sample));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return samples;
}

const readText = (text: string) => readAll([new TextEncoder().encode(text)]);

describe('captured expositions', () => {
  test('node_exporter 1.5.0 is read whole, umlauts, quotes and backslashes in labels included', () => {
    const text = fixture('captured-node_exporter-1.5.0-excerpt.prom');
    const samples = readText(text);
    expect(samples).toHaveLength(text.split('\n').filter(line => line !== '' && !line.startsWith('#')).length);
    const disks = samples.filter(sample => sample.name === 'nx_disk_used_percent');
    expect(disks.map(({labels, value}) => [labels.mountpoint, value])).toEqual([
      ['/srv/größe "x"', 88.8],
      ['/var', 91.37],
      ['C:\\Daten', 96.02],
    ]);
    expect(samples.find(sample => sample.name === 'node_memory_MemTotal_bytes')?.value).toBe(25276502016);
  });

  test('windows_exporter is read whole', () => {
    expect(readText(fixture('documented-windows_exporter-excerpt.prom'))).toHaveLength(26);
  });
});

describe('one line', () => {
  test.each([
    ['up 1', {name: 'up', value: 1}],
    ['up{} 1', {name: 'up', value: 1}],
    ['  up\t{a="b",} \t1 ', {name: 'up', labels: {a: 'b'}, value: 1}],
    ['a:b_c{x="}",y=","} -1.5e-3 1395066363000', {name: 'a:b_c', labels: {x: '}', y: ','}, value: -0.0015}],
    ['a{x="\\\\ \\" \\n ü"} +Inf', {name: 'a', labels: {x: '\\ " \n ü'}, value: Number.POSITIVE_INFINITY}],
    ['a 0x1F', {name: 'a', value: 31}],
    ['a NaN', {name: 'a', value: Number.NaN}],
    ['{"größe.x", l="1"} 2', {name: 'größe.x', labels: {l: '1'}, value: 2}],
    ['a_total 17.0 1520879607.789 # {id="x"} 1', {name: 'a_total', value: 17}],
    ['a_bucket{le="1"} 8 # {id="x"} 0.2', {name: 'a_bucket', labels: {le: '1'}, value: 8}],
  ])('%s', (line, wanted) => {
    const sample = parseLine(line);
    expect(sample).toEqual({
      labels: Object.assign(Object.create(null), 'labels' in wanted ? wanted.labels : {}),
      name: wanted.name,
      value: wanted.value,
    });
  });

  test.each(['', '   ', '# HELP a b', '#', '# EOF'])('%j says nothing', line => expect(parseLine(line)).toBeNull());

  test.each([
    '<html>',
    '1up 1',
    'up',
    'up ',
    'up x',
    'up 1,5',
    'up 1 2 3',
    'up 1 x',
    'up{a} 1',
    'up{a=b} 1',
    'up{a="b} 1',
    'up{a="b"',
    'up{a="b"}',
    'up{a="b" c="d"} 1',
    'up{,} 1',
    '{} 1',
    '{a="b"} 1',
    'up{"down"} 1',
    'up{a="\\',
    '0x 1',
    'up 0x',
  ])('%j is malformed', line => expect(parseLine(line)).toBeUndefined());

  test('rule 32: keys of the object prototype are left out', () => {
    const sample = parseLine('a{__proto__="x",constructor="y",prototype="z",b="1"} 1');
    expect(Object.keys(sample?.labels ?? {})).toEqual(['b']);
    expect(Object.getPrototypeOf(sample?.labels)).toBeNull();
  });
});

/** Cuts bytes at the given places, wherever they fall, also inside a character. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

describe('laws', () => {
  const label = fc.tuple(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), fc.string({unit: 'grapheme', maxLength: 20}));
  const anySample = fc.record({
    name: fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/),
    labels: fc.array(label, {maxLength: 5}).map(list => Object.assign(Object.create(null), Object.fromEntries(list))),
    value: fc.double().map(value => (Object.is(value, -0) ? 0 : value)),
  });
  const quoted = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const written = ({name, labels, value}: Sample) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${quoted(text)}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${String(value).replace('Infinity', 'Inf')}`;
  };

  test('what is written is read back, cut into any pieces', () => {
    fc.assert(
      fc.property(fc.array(anySample, {maxLength: 12}), fc.array(fc.nat(), {maxLength: 20}), (samples, cuts) => {
        const bytes = new TextEncoder().encode(samples.map(sample => `${written(sample)}\n`).join(''));
        const wanted = samples.map(({labels, ...rest}) => ({
          ...rest,
          labels: Object.fromEntries(Object.entries(labels).filter(([key]) => key !== '__proto__')),
        }));
        const read = readAll(pieces(bytes, cuts)).map(({labels, ...rest}) => ({...rest, labels: {...labels}}));
        expect(read).toEqual(wanted);
      }),
    );
  });

  test('hostile text never throws anything but a Fault, and reads alike in any pieces', () => {
    const hostile = fc.oneof(
      fc.string({unit: fc.constantFrom(...'ab{}",\\=# \n\r\t1.eE+-xIN\u0000ü')}),
      fc.string({unit: 'binary'}),
    );
    const outcome = (chunks: Iterable<Uint8Array>) => {
      try {
        return readAll(chunks);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        return (error as Fault).values;
      }
    };
    fc.assert(
      fc.property(hostile, fc.array(fc.nat(), {maxLength: 10}), (text, cuts) => {
        const bytes = new TextEncoder().encode(text);
        expect(outcome(pieces(bytes, cuts))).toEqual(outcome([bytes]));
      }),
      {numRuns: 400},
    );
  });

  test('an endless line is given up at its bound, byte by byte, without holding or rescanning it', () => {
    let taken = 0;
    const reader = expositionReader(() => {
      taken += 1;
    });
    const byte = new Uint8Array([0x61]);
    const feed = () => {
      for (let index = 0; index <= 65_536; index++) reader.push(byte);
    };
    expect(feed).toThrow(Fault);
    expect(taken).toBe(0);
  });

  test('rule 35: 100 KB of the worst characters take under 10 ms a line', () => {
    for (const line of [`a{${'a="'.repeat(30_000)}`, `a ${'1'.repeat(100_000)}x`, `a{b="${'\\'.repeat(65_000)}`]) {
      expect(fastestMs(() => expect(parseLine(line)).toBeUndefined())).toBeLessThan(10);
    }
  });
});
