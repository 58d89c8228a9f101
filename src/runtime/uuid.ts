import type {Instant} from '../domain/time.ts';

/** Random bytes that `uuidV7` takes: 74 bits of them are used. */
export const UUID_RANDOM_BYTES = 10;

/**
 * A time-ordered id: 48 bits of milliseconds, version, 74 random bits, in lower case with dashes.
 *
 * @param random - `UUID_RANDOM_BYTES` bytes or more; the same bytes give the same id.
 *
 * Source: RFC 9562, section 5.7.
 */
export function uuidV7(now: Instant, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.trunc(now), 0, 6);
  bytes.set(random.subarray(0, UUID_RANDOM_BYTES), 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
