import {hash} from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER = 0x36;
const OUTER = 0x5c;

/** HMAC-SHA256 of `prefix` and `text` under one key. */
export type Mac = (prefix: Uint8Array, text: string) => Buffer;

function padded(key: Uint8Array, filler: number): Buffer {
  const pad = Buffer.alloc(BLOCK_BYTES, filler);
  for (const [index, byte] of key.entries()) pad[index] = byte ^ filler;
  return pad;
}

/**
 * Prepares a key for many short messages: RFC 2104 on the one-shot hash. `createHmac` makes a native key object for each
 * message; under load their collection cost more than the hashing.
 *
 * @param key - At most 64 bytes.
 */
export function hmacSha256(key: Uint8Array): Mac {
  const inner = padded(key, INNER);
  const outer = Buffer.concat([padded(key, OUTER), Buffer.alloc(DIGEST_BYTES)]);
  return (prefix, text) => {
    const start = BLOCK_BYTES + prefix.length;
    const message = Buffer.allocUnsafe(start + Buffer.byteLength(text));
    message.set(inner, 0);
    message.set(prefix, BLOCK_BYTES);
    message.write(text, start);
    outer.set(hash('sha256', message, 'buffer'), BLOCK_BYTES);
    return hash('sha256', outer, 'buffer');
  };
}
