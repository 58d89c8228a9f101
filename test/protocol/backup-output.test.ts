import {readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Fault} from '../../src/domain/fault.ts';
import {timeZone} from '../../src/domain/local-time/zone.ts';
import {LineSplitter} from '../../src/protocol/backup-output/line-splitter.ts';
import {openReader} from '../../src/protocol/backup-output/open-reader.ts';
import {readPbs} from '../../src/protocol/backup-output/pbs.ts';
import {readRepository} from '../../src/protocol/backup-output/repository.ts';
import {BACKUP_FORMATS, type BackupFormat} from '../../src/protocol/backup-output/tool-facts.ts';
import {readVeeam} from '../../src/protocol/backup-output/veeam.ts';

const FOLDER = new URL('../fixtures/integrations/', import.meta.url);
const BERLIN = timeZone('Europe/Berlin');

interface Captured {
  readonly command: string;
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}

/** What a reader makes of a text that comes in pieces of `size` code units. */
function read(format: BackupFormat, text: string, exitCode: number | null, {isCheck = false, size = 7} = {}) {
  const reader = openReader(format, isCheck, BERLIN);
  const lines = new LineSplitter(line => reader.line(line));
  for (let at = 0; at < text.length; at += size) lines.push(text.slice(at, at + size));
  lines.end();
  return reader.end(exitCode);
}

function captured(format: 'restic' | 'borg', name: string, knowsCode = true) {
  const folder = format === 'borg' ? 'borgbackup' : format;
  const {stdout, stderr, exit_code, command} = fixture(`${folder}/captured-${name}.json`) as Captured;
  const isCheck = /\bcheck\b/.test(command);
  const [facts] = read(format, stdout + stderr, knowsCode ? exit_code : null, {isCheck, size: 4096});
  return facts;
}

describe('restic, as captured (BK-1)', () => {
  test.each([
    [
      '0.18.0-02-backup-first',
      {kind: 'run', result: 'success', sizeBytes: 120_000_018, changedFiles: 7, totalFiles: 7},
    ],
    ['0.14.0-02-backup-first', {kind: 'run', result: 'success', startedAt: null}],
    ['0.18.0-05-backup-partial', {kind: 'run', result: 'warning', errors: 2}],
    ['0.14.0-05-backup-partial', {kind: 'run', result: 'warning'}],
    ['0.18.0-04-backup-unchanged', {kind: 'run', result: 'success', durationMs: null, endedAt: null}],
    ['0.18.0-00-norepo', {kind: 'run', result: 'failed', exitCode: 10}],
    ['0.14.0-08-wrong-password', {kind: 'run', result: 'failed'}],
    ['0.18.0-19-interrupted', {kind: 'run', result: 'failed', snapshot: null}],
    ['0.18.0-14-check', {kind: 'check', result: 'success', errors: 0}],
    ['0.14.0-14-check', {kind: 'check', result: 'success'}],
    ['0.18.0-32-check-corrupt', {kind: 'check', result: 'failed'}],
    ['0.14.0-32-check-corrupt', {kind: 'check', result: 'failed'}],
  ])('%s', (name, wanted) => {
    expect(captured('restic', name)).toMatchObject(wanted);
  });

  test('a check that was not made says nothing of the copy: locked, wrong password, stopped, not started (BK-4)', () => {
    expect(captured('restic', '0.14.0-31b-locked-check')).toBeUndefined();
    expect(captured('restic', '0.14.0-31b-locked-check', false)).toBeUndefined();
    // Source: integrations/backup-restic.md, "Other commands": a locked repository gave exit 11 and a summary with an error.
    const locked = '{"message_type":"summary","num_errors":1,"broken_packs":null}\n';
    for (const code of [11, 12, 127, 130, 137, 143]) {
      expect(read('restic', locked, code, {isCheck: true})).toEqual([]);
    }
    expect(read('restic', `${locked}{"message_type":"exit_error","code":11,"message":"locked"}\n`, null)).toEqual([]);
    expect(read('restic', 'Fatal: wrong password or no key found\n', 1, {isCheck: true})).toEqual([]);
    expect(read('restic', locked, 1, {isCheck: true})).toMatchObject([{kind: 'check', result: 'failed'}]);
    expect(read('restic', '', 10, {isCheck: true})).toMatchObject([{kind: 'check', result: 'failed'}]);
    expect(read('restic', 'Fatal: wrong password or no key found\n', 1)).toMatchObject([
      {kind: 'run', result: 'failed'},
    ]);
  });

  test('without the exit code what was said decides: a summary with errors is a warning, none is a failure', () => {
    expect(captured('restic', '0.18.0-02-backup-first', false)?.result).toBe('success');
    expect(captured('restic', '0.18.0-05-backup-partial', false)).toMatchObject({result: 'warning', exitCode: 3});
    expect(captured('restic', '0.14.0-05-backup-partial', false)?.result).toBe('warning');
    expect(captured('restic', '0.14.0-19-interrupted', false)?.result).toBe('failed');
  });

  test('without --json its last line or its own code shows that it saved something; a dry run saved nothing', () => {
    const words = 'Files:           1 new,     0 changed,     0 unmodified\nsnapshot 40dc1520 saved\n';
    expect(read('restic', words, null)).toMatchObject([{result: 'success', snapshot: '40dc1520'}]);
    expect(read('restic', words, 0)).toMatchObject([{result: 'success', snapshot: '40dc1520'}]);
    expect(read('restic', words, 3)).toMatchObject([{result: 'warning'}]);
    expect(read('restic', '', 0)).toMatchObject([{result: 'success'}]);
    expect(read('restic', '', null)).toMatchObject([{result: 'failed'}]);
    expect(read('restic', 'Would add to the repository: 12 B\n', 0)).toMatchObject([{result: 'failed'}]);
    expect(read('restic', '{"message_type":"status","percent_done":1}\n', 0)).toMatchObject([{result: 'failed'}]);
  });

  test('a dry run saved nothing', () => {
    expect(read('restic', '{"message_type":"summary","dry_run":true,"snapshot_id":"x"}\n', 0)).toMatchObject([
      {result: 'failed', snapshot: null},
    ]);
  });
});

describe('borg, as captured (BK-1)', () => {
  test.each([
    [
      '1.4.0-03-create-second',
      {kind: 'run', result: 'success', sizeBytes: 24_000_612, addedBytes: 1_611_074, totalFiles: 4},
    ],
    ['1.2.4-02-create-first', {kind: 'run', result: 'success'}],
    ['1.4.0-06-create-partial', {kind: 'run', result: 'warning', errors: 2}],
    ['1.4.0-modern-exit-codes-06-create-partial', {kind: 'run', result: 'warning'}],
    ['1.2.4-08-create-onlymissing', {kind: 'run', result: 'failed', totalFiles: 0}],
    ['1.2.4-00-norepo', {kind: 'run', result: 'failed'}],
    ['1.4.0-16-locked', {kind: 'run', result: 'failed'}],
    ['1.2.4-04-create-progress', {kind: 'run', result: 'success'}],
    ['1.4.0-14-check', {kind: 'check', result: 'success', errors: 0}],
  ])('%s', (name, wanted) => {
    expect(captured('borg', name)).toMatchObject(wanted);
  });

  test('a check that was not made says nothing of the copy; one that repairs what it found is no good check (BK-4)', () => {
    const lockedOut = 'Failed to create/acquire the lock /backup/borg/lock.exclusive (timeout).';
    const passphrase =
      'passphrase supplied in BORG_PASSPHRASE, by BORG_PASSCOMMAND or via BORG_PASSPHRASE_FD is incorrect.';
    for (const words of [lockedOut, passphrase, 'Type YES if you understand this and want to continue: Aborting.']) {
      expect(read('borg', `${words}\n`, 2, {isCheck: true})).toEqual([]);
    }
    for (const msgid of ['LockTimeout', 'PassphraseWrong', 'CancelledByUser']) {
      const line = JSON.stringify({type: 'log_message', message: 'no', levelname: 'ERROR', msgid});
      expect(read('borg', `${line}\n`, 2, {isCheck: true})).toEqual([]);
    }
    for (const code of [52, 73, 127, 130, 143]) expect(read('borg', '', code, {isCheck: true})).toEqual([]);
    expect(read('borg', '', 1, {isCheck: true})).toMatchObject([{kind: 'check', result: 'failed'}]);
    // As borg 1.2.4 said it on this machine, without --log-json; its own code was 0.
    const repaired =
      'want to continue: Data integrity error: Invalid segment entry size 0 - too small [segment 39, offset 49]';
    expect(read('borg', `${repaired}\n`, 0, {isCheck: true})).toMatchObject([{kind: 'check', result: 'failed'}]);
    const clean = 'Archive consistency check complete, no problems found.';
    expect(read('borg', `${clean}\n`, 0, {isCheck: true})).toMatchObject([{kind: 'check', result: 'success'}]);
  });

  test('without --json its own code is all there is, and a document that breaks off is a failure', () => {
    expect(read('borg', '', 0)).toMatchObject([{result: 'success'}]);
    expect(read('borg', '/data/x: open: [Errno 13] Permission denied\n', 1)).toMatchObject([{result: 'warning'}]);
    expect(read('borg', '', null)).toMatchObject([{result: 'failed'}]);
    expect(read('borg', '{\n    "archive": {\n', 0)).toMatchObject([{result: 'failed'}]);
  });

  test('its local times are those of the client’s zone', () => {
    expect(captured('borg', '1.4.0-03-create-second')?.startedAt).toBe(Date.UTC(2026, 10, 21, 17, 15, 40));
  });

  test('thousands of errors of a damaged repository are counted, and the first 20 kept', () => {
    const line =
      '{"type":"log_message","levelname":"ERROR","name":"borg.repository","message":"Data integrity error: x"}\n';
    const [facts] = read('borg', line.repeat(3000), 1, {isCheck: true, size: 65_536});
    expect(facts).toMatchObject({kind: 'check', result: 'failed', errors: 3000});
    expect(facts?.messages).toHaveLength(20);
  });

  test('a check that says nothing is known by its exit code alone', () => {
    expect(read('borg', '', 0, {isCheck: true})).toMatchObject([{kind: 'check', result: 'success'}]);
    expect(() => read('borg', '', null, {isCheck: true})).toThrow(Fault);
  });
});

describe('how far a run has come', () => {
  function progressOf(format: BackupFormat, text: string) {
    const reader = openReader(format, false, BERLIN);
    const lines = new LineSplitter(line => reader.line(line));
    expect(reader.progress()).toBeNull();
    lines.push(text);
    return reader.progress();
  }

  test('restic says it in every status, the newest counts, what it leaves out is not known', () => {
    const {stdout} = fixture('restic/captured-0.18.0-02-backup-first.json') as Captured;
    expect(progressOf('restic', stdout)).toEqual({
      percent: expect.closeTo(46.84, 1),
      bytesDone: 56_213_194,
      bytesTotal: 120_000_018,
      filesDone: 3,
      filesTotal: 7,
      remainingMs: null,
    });
    const newer = '{"message_type":"status","seconds_remaining":12,"percent_done":1.5}\n';
    expect(progressOf('restic', stdout + newer)).toMatchObject({percent: 100, remainingMs: 12_000, bytesDone: null});
    expect(progressOf('restic', '{"message_type":"status",\n')).toBeNull();
  });

  test('borg says what it has read, with --progress, and never how much there is', () => {
    const {stderr} = fixture('borgbackup/captured-1.2.4-04-create-progress.json') as Captured;
    expect(progressOf('borg', stderr)).toMatchObject({percent: null, bytesDone: expect.any(Number), bytesTotal: null});
    const {stdout} = fixture('borgbackup/captured-1.2.4-02-create-first.json') as Captured;
    expect(progressOf('borg', stdout)).toBeNull();
    const named = '{"type": "file_status", "status": "A", "path": "a\\"type\\": \\"archive_progress\\""}\n';
    expect(progressOf('borg', named)).toBeNull();
  });
});

describe('what a repository holds, as its tool lists it (BK-8)', () => {
  const stdoutOf = (name: string) => JSON.parse((fixture(name) as Captured).stdout) as unknown;

  test('restic snapshots and borg list give the recovery points, the latter in the zone of the client', () => {
    const [restic] = readRepository('restic', stdoutOf('restic/captured-0.18.0-10-snapshots.json'), BERLIN);
    expect(restic?.points?.length).toBeGreaterThan(1);
    expect(restic).toMatchObject({object: null, usedBytes: null, totalBytes: null});
    const [old] = readRepository('restic', stdoutOf('restic/captured-0.14.0-10-snapshots.json'), BERLIN);
    expect(old?.points?.length).toBeGreaterThan(0);
    const [borg] = readRepository('borg', stdoutOf('borgbackup/captured-1.4.0-10-list.json'), BERLIN);
    const at = borg?.points?.[0]?.at ?? 0;
    expect(new Date(at).toISOString()).toMatch(/^2026-11-21T17:/);
    const broken = {archives: [{name: 'a.checkpoint', start: '2026-11-21T18:15:17.000000'}]};
    expect(readRepository('borg', broken, BERLIN)[0]?.points).toMatchObject([{isGood: false}]);
  });

  test('Proxmox lists snapshots by object, and how full its datastores are', () => {
    const snapshots = readRepository('pbs', fixture('proxmox-backup-server/documented-snapshots.json'), BERLIN);
    expect(snapshots.length).toBeGreaterThan(0);
    expect(snapshots.every(({object, points}) => object !== null && (points?.length ?? 0) > 0)).toBe(true);
    const usage = {data: [{store: 'store1', total: 1000, used: 850, avail: 150}]};
    expect(readRepository('pbs', usage, BERLIN)).toEqual([
      {object: 'store1', points: null, usedBytes: 850, totalBytes: 1000},
    ]);
  });

  test('Veeam and scripts say how full it is; what says neither is refused', () => {
    const states = {data: [{name: 'Repo 1', capacityGB: 100, freeGB: 25}, {name: 'Repo 2'}]};
    expect(readRepository('veeam', states, BERLIN)).toMatchObject([{object: 'Repo 1', usedBytes: 75 * 1024 ** 3}]);
    const script = {usedBytes: 9, totalBytes: 10, points: [{at: '2026-11-20T01:00:00Z'}, {at: 'yesterday'}]};
    expect(readRepository('generic', script, BERLIN)).toMatchObject([{usedBytes: 9, points: [{isGood: true}]}]);
    for (const nothing of [null, 7, [], {}, {data: []}, [{store: 'x'}], {usedBytes: 1}])
      expect(() => readRepository('generic', nothing, BERLIN)).toThrow(Fault);
    expect(() => readRepository('restic', {message_type: 'summary'}, BERLIN)).toThrow(Fault);
  });
});

test('Proxmox Backup Server: tasks, snapshots with their verification, notifications', () => {
  expect(readPbs(fixture('proxmox-backup-server/documented-tasks.json'))).toMatchObject([
    {
      kind: 'run',
      object: 'vm/100',
      job: 'store1',
      result: 'success',
      startedAt: 1_768_010_400_000,
      endedAt: 1_768_010_912_000,
    },
    {kind: 'run', object: 'ct/205', result: 'failed', messages: ['backup ended but finished flag is not set.']},
    {kind: 'check', object: 'store1', result: 'failed'},
  ]);
  expect(readPbs(fixture('proxmox-backup-server/documented-snapshots.json'))).toMatchObject([
    {kind: 'run', object: 'vm/100', result: 'success', sizeBytes: 34_359_739_346},
    {kind: 'check', object: 'vm/100', result: 'success'},
    {kind: 'run', object: 'host/fs-01', result: 'success'},
  ]);
  expect(readPbs(fixture('proxmox-backup-server/documented-webhook-verify-error.json'))).toMatchObject([
    {kind: 'check', object: 'vm/100', result: 'failed'},
  ]);
  expect(readPbs(fixture('proxmox-backup-server/documented-webhook-gc-ok.json'))).toEqual([]);
});

test('Veeam: warning, failed, and one that runs', () => {
  expect(readVeeam(fixture('veeam/documented-sessions.json'))).toMatchObject([
    {job: 'Nightly VMs', result: 'warning', startedAt: Date.UTC(2026, 0, 10, 0, 0, 3, 120)},
    {job: 'File server', result: 'failed'},
    {job: 'Nightly VMs', result: null, endedAt: null},
  ]);
});

test('a listing is no backup, whatever code it ends with (BK-1)', () => {
  const listings = [
    ...['0.14.0-10-snapshots', '0.18.0-10-snapshots', '0.18.0-11b-snapshots-group', '0.18.0-15-forget'].map(it => [
      'restic',
      it,
    ]),
    ...['0.18.0-12-stats-restore', '0.18.0-01-init', '0.18.0-23-version'].map(it => ['restic', it]),
    ...['1.2.4-10-list', '1.2.4-11b-list-lines', '1.4.0-12-info-repo', '1.4.0-13-info-archive'].map(it => ['borg', it]),
  ] as const;
  for (const [format, name] of listings) {
    expect([name, captured(format as 'restic' | 'borg', name as string)]).toMatchObject([name, {result: 'failed'}]);
  }
});

describe('laws', () => {
  const streams = ['restic', 'borgbackup'].flatMap(folder =>
    readdirSync(new URL(folder, FOLDER)).map(name => ({folder, name})),
  );

  test('however a stream is cut into pieces, it says the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(...streams), fc.integer({min: 1, max: 5000}), ({folder, name}, size) => {
        const format = folder === 'restic' ? 'restic' : 'borg';
        const {stdout, stderr, exit_code} = fixture(`${folder}/${name}`) as Captured;
        const whole = read(format, stdout + stderr, exit_code, {size: 1e9});
        expect(read(format, stdout + stderr, exit_code, {size})).toEqual(whole);
      }),
      {numRuns: 60},
    );
  });

  test('a stream that ends anywhere gives a result, and a success only with its summary', () => {
    fc.assert(
      fc.property(fc.constantFrom(...streams), fc.double({min: 0, max: 1, noNaN: true}), ({folder, name}, share) => {
        const format = folder === 'restic' ? 'restic' : 'borg';
        const {stdout} = fixture(`${folder}/${name}`) as Captured;
        const cut = stdout.slice(0, Math.floor(stdout.length * share));
        const [facts] = read(format, cut, null, {size: 4096});
        const isWhole = format === 'restic' ? /"summary"|no errors were found/.test(cut) : cut.trimEnd().endsWith('}');
        if (!isWhole) expect(facts?.result).toBe('failed');
      }),
      {numRuns: 120},
    );
  });

  test('any text is read or refused with a Fault, in every format', () => {
    const piece = fc.oneof(
      fc.string({unit: 'binary'}),
      fc.json(),
      fc.constantFrom('{', '}', '{"message_type":"summary"', '{"type":"log_message"}', '\u0000\u001b[2J'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...BACKUP_FORMATS),
        fc.array(piece),
        fc.option(fc.nat(255)),
        (format, pieces, code) => {
          try {
            for (const {messages, errors} of read(format, pieces.join('\n'), code, {size: 64})) {
              expect(messages.length).toBeLessThanOrEqual(20);
              expect(errors).toBeGreaterThanOrEqual(0);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
        },
      ),
      {numRuns: 500},
    );
  });

  test('a line without end is cut, and what comes after it is read', () => {
    const lines: string[] = [];
    const splitter = new LineSplitter(line => lines.push(line));
    for (let piece = 0; piece < 200; piece++) splitter.push('x'.repeat(10_000));
    splitter.push('\nnext\n');
    expect(lines.map(({length}) => length)).toEqual([65_536, 4]);
  });
});
