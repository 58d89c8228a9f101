import {IncomingMessage} from 'node:http';
import {Socket} from 'node:net';
import {describe, expect, test} from 'vitest';
import {addressOf, isInNetworks} from '../../../src/collector/ingest/doorkeeper.ts';

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const request = new IncomingMessage(Object.defineProperty(new Socket(), 'remoteAddress', {value: remoteAddress}));
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}

describe('rules 17 and 30: whose address it is', () => {
  test.each([
    ['nobody forwards', '192.0.2.1', undefined, '192.0.2.1'],
    ['the proxy wrote the last', '127.0.0.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    ['what the proxy wrote is IPv6', '127.0.0.1', '203.0.113.9,2001:db8::1', '2001:db8::1'],
    ['it is no address', '127.0.0.1', '203.0.113.9, unknown', '127.0.0.1'],
    ['it is empty', '127.0.0.1', '', '127.0.0.1'],
    ['IPv4 came in IPv6', '::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ])('behind a proxy, %s', (_what, remote, forwarded, address) => {
    expect(addressOf(from(remote, forwarded), true)).toBe(address);
  });

  test('without a proxy nobody’s word counts', () => {
    expect(addressOf(from('192.0.2.1', '198.51.100.7'), false)).toBe('192.0.2.1');
  });

  test('networks hold what is in them and nothing else', () => {
    const networks = ['192.0.2.0/24', '203.0.113.9', '2001:db8::/32', '::1'];
    for (const address of ['192.0.2.0', '192.0.2.255', '203.0.113.9', '2001:db8:ffff::1', '::1']) {
      expect(isInNetworks(address, networks), address).toBe(true);
    }
    for (const address of ['192.0.3.0', '203.0.113.10', '2001:db9::1', '::2', '', 'localhost', '192.0.2.1 ']) {
      expect(isInNetworks(address, networks), address).toBe(false);
    }
    expect(isInNetworks('192.0.2.1', [])).toBe(false);
  });
});
