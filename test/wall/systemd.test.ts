import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';

/** Keys of a unit file with all their values. */
function readUnit(path: string): ReadonlyMap<string, readonly string[]> {
  const unit = new Map<string, string[]>();
  for (const line of readFileSync(new URL(path, import.meta.url), 'utf8').split('\n')) {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    unit.set(key, [...(unit.get(key) ?? []), value]);
  }
  return unit;
}

const unit = readUnit('../../config/systemd/nocturne-wall@.service');

describe('the kiosk unit of the wall', () => {
  test.each([
    ['User', 'nocturne-wall'],
    ['NoNewPrivileges', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['PrivateTmp', 'yes'],
    ['DevicePolicy', 'closed'],
    ['DeviceAllow', '/dev/%I rw'],
    ['ProtectKernelTunables', 'yes'],
    ['ProtectKernelModules', 'yes'],
    ['ProtectKernelLogs', 'yes'],
    ['RestrictNamespaces', 'yes'],
    ['SystemCallFilter', '@system-service'],
    ['UMask', '0077'],
  ])('sets %s=%s (rule 11)', (key, value) => {
    expect(unit.get(key)).toEqual([value]);
  });

  test('bounds its memory, and lets V8 compile', () => {
    expect(unit.get('MemoryMax')).toHaveLength(1);
    expect(unit.has('MemoryDenyWriteExecute')).toBe(false);
  });

  test('keeps the token out of its command line (rule 10)', () => {
    expect(unit.get('LoadCredential')).toEqual(['token:/etc/nocturne/wall.token']);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: systemd's own variable.
    expect(unit.get('ExecStart')?.[0]).toContain('--token-file ${CREDENTIALS_DIRECTORY}/token');
  });

  test('comes back for ever, with the reason of its end in the journal', () => {
    expect(unit.get('ExecStart')?.[0]).toContain('wall --restart');
    expect(unit.get('Restart')).toEqual(['always']);
    expect(unit.get('StartLimitIntervalSec')).toEqual(['0']);
    expect(unit.get('StandardError')).toEqual(['journal']);
  });
});
