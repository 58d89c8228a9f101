import {expect, test} from 'vitest';
import {readBackupCommand} from '../../src/cli/backup-command.ts';

test.each([
  ['restic backup --json /srv', 'restic', 'run'],
  ['/usr/local/bin/restic -q -r backup-repo --password-file /etc/check backup /srv', 'restic', 'run'],
  ['restic copy --from-repo /a', 'restic', 'run'],
  ['restic check --read-data-subset 5%', 'restic', 'check'],
  ['borg --lock-wait 60 create ::{now} /srv', 'borg', 'run'],
  ['borg check ::', 'borg', 'check'],
  ['sudo -u restic -- restic backup /srv', 'restic', 'run'],
  ['nice -n 19 ionice -c3 borg create ::{now} /srv', 'borg', 'run'],
  ['flock -n /run/lock/backup env TMPDIR=/var/tmp restic backup /srv', 'restic', 'run'],
  ['rsync -a /srv /mnt/restic', 'rsync', 'run'],
  ['sh -c restic', 'sh', 'run'],
])('%s is known by its words', (line, tool, does) => {
  expect(readBackupCommand(line.split(' '), null)).toEqual({tool, does, isDryRun: false});
});

test.each([
  'restic forget --tag backup --keep-last 3 --prune',
  'restic prune',
  'restic unlock',
  'restic snapshots --json',
  'restic version',
  'restic',
  'restic -r backup init',
  'restic --repo=/srv/backup stats',
  'borg prune --keep-daily 7 create',
  'borg compact',
  'nice borg list',
])('BK-1: %s is no backup, however it ends', line => {
  expect(readBackupCommand(line.split(' '), null).does).toBe('other');
});

test('what only tries is known by the words of the tool, not by those of who starts it', () => {
  const isDryRun = (line: string, format: string | null = null) => readBackupCommand(line.split(' '), format).isDryRun;
  expect(isDryRun('restic backup -n /srv')).toBe(true);
  expect(isDryRun('nice -n 19 borg create --dry-run ::{now} /srv')).toBe(true);
  expect(isDryRun('nice -n 19 borg create ::{now} /srv')).toBe(false);
  expect(isDryRun('backup.sh -n', 'restic')).toBe(true);
  expect(isDryRun('backup.sh -n')).toBe(false);
});

test('a script is what it is said to be, a run unless it is told to check', () => {
  expect(readBackupCommand(['/opt/nightly.sh', 'forget'], 'restic')).toMatchObject({tool: 'restic', does: 'run'});
  expect(readBackupCommand(['/opt/nightly.sh', 'check'], 'borg')).toMatchObject({tool: 'borg', does: 'check'});
  expect(readBackupCommand(['sudo', 'restic', 'prune'], 'generic')).toMatchObject({tool: 'generic', does: 'run'});
});
