import {createHmac} from 'node:crypto';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {hmacSha256} from '../../src/collector/hmac.ts';

test('the one-shot HMAC is RFC 2104’s, whatever the key and the message', () => {
  const bytes = (maxLength: number) => fc.uint8Array({minLength: 0, maxLength});
  fc.assert(
    fc.property(bytes(64), bytes(40), fc.string({unit: 'binary'}), (key, prefix, text) => {
      const wanted = createHmac('sha256', key).update(prefix).update(text).digest();
      const mac = hmacSha256(key);
      expect(mac(prefix, text).equals(wanted)).toBe(true);
      expect(mac(prefix, text).equals(wanted)).toBe(true);
    }),
    {numRuns: 50},
  );
});
