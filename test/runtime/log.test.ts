import {readFileSync, statSync, writeFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Fault} from '../../src/domain/fault.ts';
import {createLog, type LogLevel} from '../../src/runtime/log.ts';
import {logFileSink} from '../../src/runtime/log-file.ts';
import {virtualOutside} from '../support/clock.ts';
import {hostileText} from '../support/hostile-text.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

function openLog(level: LogLevel = 'info') {
  const lines: string[] = [];
  const log = createLog({clock: virtualOutside().clock, sink: {write: line => void lines.push(line)}, level});
  return {log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>};
}

describe('createLog (rule 53)', () => {
  test('writes one JSON line an event', () => {
    const {log, lines} = openLog();
    log.info('listening', {host: '127.0.0.1', port: 7420});
    expect(lines).toEqual([
      '{"level":"info","time":"2026-11-21T01:47:00.000Z","event":"listening","host":"127.0.0.1","port":7420}\n',
    ]);
  });

  test('leaves out what is below its level', () => {
    const {log, lines} = openLog('warn');
    log.info('quiet');
    log.debug('quiet');
    log.warn('loud');
    expect(lines).toHaveLength(1);
  });

  test('a child puts its fields on every line', () => {
    const {log, last} = openLog();
    log.child({source: 'alertmanager'}).warn('stale', {seconds: 90});
    expect(last()).toMatchObject({event: 'stale', source: 'alertmanager', seconds: 90});
  });

  test('errors tell name, code and message; a fault, being foreseen, has no stack', () => {
    const {log, last} = openLog();
    log.error('failed', {error: new Fault('DATA_LOCKED', 'another collector runs')});
    expect(last().error).toEqual({name: 'Fault', code: 'DATA_LOCKED', message: 'another collector runs'});
    log.error('failed', {error: new TypeError('x is not a function')});
    expect(last().error).toMatchObject({name: 'TypeError', message: 'x is not a function', stack: expect.any(Array)});
  });

  test('secrets are taken out by the name of their field, at any depth (rule 10)', () => {
    const {log, lines} = openLog();
    const canary = 'canary-8f2b';
    log.info('x', {
      token: canary,
      headers: {Authorization: canary, list: [{hmacKey: canary, user_password: canary}]},
      clientSecret: canary,
    });
    expect(lines.join('')).not.toContain(canary);
    expect(lines.join('')).toContain('[redacted]');
  });

  test('no text breaks out of its line, and no line is longer than 8 KiB', () => {
    const {log, lines} = openLog();
    const value = fc.oneof(hostileText, fc.string({minLength: 3000, maxLength: 9000}), fc.jsonValue());
    fc.assert(
      fc.property(hostileText, fc.dictionary(hostileText, value), (event, fields) => {
        lines.length = 0;
        log.info(event, fields);
        expect(lines).toHaveLength(1);
        const line = lines[0] ?? '';
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/.test(line)).toBe(false);
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(8192);
        expect(() => JSON.parse(line)).not.toThrow();
      }),
      {numRuns: 300},
    );
  });

  test('a cycle does not hang it', () => {
    const {log, last} = openLog();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    log.info('loop', loop);
    expect(last().event).toBe('loop');
  });
});

describe('logFileSink (rule 53)', () => {
  test('a storm of ten times the cap keeps the cap and the newest lines', () => {
    using folder = temporaryFolder();
    const file = folder.file('state/console.log');
    const sink = logFileSink(file, 10_000);
    for (let line = 0; line < 1000; line++) sink.write(`${String(line).padStart(99, '.')}\n`);
    expect(statSync(file).size + statSync(`${file}.1`).size).toBeLessThanOrEqual(10_000);
    expect(readFileSync(file, 'utf8')).toMatch(/\.999\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('goes on where an earlier run stopped', () => {
    using folder = temporaryFolder();
    const file = folder.file('log');
    writeFileSync(file, 'x'.repeat(4_990));
    const sink = logFileSink(file, 10_000);
    sink.write('a line of twenty-odd\n');
    expect(readFileSync(file, 'utf8')).toBe('a line of twenty-odd\n');
  });
});
