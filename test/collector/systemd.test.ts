import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {serviceManager} from '../../src/collector/systemd.ts';
import {virtualOutside} from '../support/clock.ts';

/** Settings of the unit's `[Service]` part. */
function unit(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('../../config/systemd/nocturne-collector.service', import.meta.url), 'utf8');
  const service = text.slice(text.indexOf('[Service]'), text.indexOf('[Install]'));
  return new Map(
    service
      .split('\n')
      .filter(line => /^\w+=/.test(line))
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

test('rules 11 and 12: the unit locks the collector in, and lets the engine compile', () => {
  const settings = unit();
  const locked = ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'PrivateDevices', 'RestrictNamespaces'];
  const kernel = ['ProtectKernelTunables', 'ProtectKernelModules', 'ProtectKernelLogs'];
  for (const name of [...locked, ...kernel]) expect([name, settings.get(name)]).toEqual([name, 'yes']);
  expect(settings.get('ProtectSystem')).toBe('strict');
  expect(settings.get('RestrictAddressFamilies')).toBe('AF_UNIX AF_INET AF_INET6');
  expect(settings.get('CapabilityBoundingSet')).toBe('');
  expect(settings.get('SystemCallFilter')).toBe('@system-service');
  expect(settings.get('UMask')).toBe('0077');
  expect(settings.has('MemoryMax')).toBe(true);
  expect(settings.has('WatchdogSec')).toBe(true);
  expect(settings.has('MemoryDenyWriteExecute')).toBe(false);
  expect(settings.get('User')).not.toBe('root');
});

test('the watchdog is fed three times in its span, from ready until the stop', () => {
  const outside = virtualOutside();
  const words: string[] = [];
  const env = {NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '60000000'};
  const manager = serviceManager(env, outside.timers, word => words.push(word));
  outside.advance(60_000);
  expect(words).toEqual([]);
  manager.ready();
  outside.advance(60_000);
  manager.stopping();
  outside.advance(60_000);
  expect(words).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'STOPPING=1']);
});

test('without systemd nothing is said', () => {
  const words: string[] = [];
  const manager = serviceManager({}, virtualOutside().timers, word => words.push(word));
  manager.ready();
  manager.stopping();
  expect(words).toEqual([]);
});

test('rule 11: pings cost the one capability that they need, in a file that is put beside the unit by hand', () => {
  const file = new URL('../../config/systemd/nocturne-collector.service.d/ping.conf', import.meta.url);
  const settings = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
  const raw = ['CapabilityBoundingSet=CAP_NET_RAW', 'AmbientCapabilities=CAP_NET_RAW'];
  expect(settings).toEqual(['[Service]', ...raw]);
  expect(unit().get('RestrictAddressFamilies')).not.toContain('AF_PACKET');
});
