import type {IncomingMessage} from 'node:http';
import {BlockList, isIP} from 'node:net';
import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import type {Clock} from '../../runtime/outside.ts';
import type {Meters} from '../meters.ts';
import type {TokenRecord, Tokens} from '../tokens.ts';
import {FailedLogins} from './failed-logins.ts';

/** The token in a header: `Bearer TOKEN`, or HTTP Basic with the token as password for senders that know nothing else. */
function tokenOf(authorization: string | undefined): string {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() !== 'basic') return value;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

/**
 * Address of the other side. Behind a proxy it is what that proxy wrote last into `X-Forwarded-For`; what stands before it was
 * written by anybody.
 */
export function addressOf(request: IncomingMessage, isBehindProxy: boolean): string {
  const forwarded = request.headers['x-forwarded-for'];
  const last = isBehindProxy
    ? String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined;
  const address = last !== undefined && isIP(last) !== 0 ? last : (request.socket.remoteAddress ?? '');
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

/** Whether an address is in one of these networks (`10.0.0.0/8`, `::1`). */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', prefix] = network.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(base, family);
    else list.addSubnet(base, Number(prefix), family);
  }
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** Finds out who is at the door. There is no anonymous access, not even on loopback. */
export class Doorkeeper {
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #meters: Meters;
  readonly #failed = new FailedLogins();

  constructor(tokens: Tokens, clock: Clock, meters: Meters) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#meters = meters;
  }

  /**
   * @throws {Fault} `UNAUTHORIZED`, the same for every reason, or `LOCKED_OUT` (with `seconds`) after too many of them from
   * one address (security rule 17).
   */
  admit({headers}: IncomingMessage, address: string): TokenRecord {
    const given = tokenOf(headers.authorization);
    const known = this.#tokens.verify(given);
    if (known !== null) return known;
    // It may have been made a moment ago, by another process.
    this.#tokens.refresh();
    const made = this.#tokens.verify(given);
    if (made !== null) return made;
    const lockedMs = this.#failed.failed(address, this.#clock.now());
    if (lockedMs > 0) {
      this.#meters.refused('locked-out');
      const seconds = Math.ceil(lockedMs / SECOND);
      throw new Fault('LOCKED_OUT', `too many failed logins; wait ${seconds} s`, {seconds});
    }
    this.#meters.refused('authentication');
    throw new Fault('UNAUTHORIZED', 'a valid token is needed: Authorization: Bearer TOKEN');
  }
}
