import {expect, test} from 'vitest';
import {isLoopback, listenText, parseListenAddress} from '../../src/runtime/listen-address.ts';

test.each([
  ['127.0.0.1:7420', '127.0.0.1', 7420],
  ['[::1]:0', '::1', 0],
  ['localhost:65535', 'localhost', 65_535],
  ['noc-1.example:80', 'noc-1.example', 80],
])('%s is read, and written back the same', (text, host, port) => {
  expect(parseListenAddress(text)).toEqual({host, port});
  expect(listenText({host, port})).toBe(text);
});

test.each([
  '',
  '7420',
  ':7420',
  '127.0.0.1',
  '127.0.0.1:',
  '::1:7420',
  '[::1]',
  'a b:1',
  'host:65536',
  'host:-1',
  'host:7420/ws',
])('%j is no address', text => expect(parseListenAddress(text)).toBeNull());

test('rule 26: only addresses that nobody outside reaches are loopback', () => {
  for (const host of ['127.0.0.1', '127.255.1.2', '::1', 'localhost']) expect(isLoopback(host), host).toBe(true);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', 'localhost.example', '::ffff:10.0.0.1']) {
    expect(isLoopback(host), host).toBe(false);
  }
});
