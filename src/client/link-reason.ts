import {CLOSE} from '../protocol/frames.ts';
import type {SocketEnd} from './socket.ts';

/** A stable code, which faces translate, and the English text behind it. */
export interface LinkReason {
  readonly code: LinkReasonCode;
  readonly message: string;
}

export type LinkReasonCode =
  | 'UNREACHABLE'
  | 'TLS'
  | 'SILENT'
  | 'CLOSED'
  | 'OVERLOADED'
  | 'PROTOCOL'
  | 'DIGEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'REVOKED'
  | 'RESCOPED'
  | 'UNSUPPORTED';

const TOO_MANY_REQUESTS = 429;

/** Close codes that stop a client and tell its user. Source: docs/protocol.md. */
const isFinal = (code: number): boolean => code >= 4100 && code <= 4199;

/** Why a link ended in a way that only a human can mend; null for what comes back by itself. */
export function refusalOf(end: SocketEnd): LinkReason | null {
  switch (end.type) {
    case 'failed':
      if (end.code !== 'SUBPROTOCOL') return null;
      return {code: 'UNSUPPORTED', message: 'what answers there does not speak nocturne.v1'};
    case 'answered':
      if (end.status === 401) return {code: 'UNAUTHORIZED', message: 'the collector does not know this token'};
      if (end.status === 403) return {code: 'FORBIDDEN', message: 'this token may not connect here'};
      if (end.status >= TOO_MANY_REQUESTS) return null;
      return {code: 'UNSUPPORTED', message: `no collector answers there (HTTP ${end.status})`};
    case 'closed':
      return isFinal(end.code) ? closedForGood(end.code) : null;
    default:
      return end satisfies never;
  }
}

function closedForGood(code: number): LinkReason {
  switch (code) {
    case CLOSE.revoked:
      return {code: 'REVOKED', message: 'the token has been revoked or has expired'};
    case CLOSE.rescoped:
      return {code: 'RESCOPED', message: 'the rights of this token have changed'};
    case CLOSE.forbidden:
      return {code: 'FORBIDDEN', message: 'this token may not connect here'};
    default:
      return {code: 'UNSUPPORTED', message: `the collector speaks another version (${code})`};
  }
}

/** Node's and OpenSSL's codes for a certificate that does not hold. */
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/;

/** Why a link ended that will be tried again. */
export function reasonOf(end: SocketEnd): LinkReason {
  switch (end.type) {
    case 'answered':
      return {code: 'OVERLOADED', message: `the collector answers HTTP ${end.status}`};
    case 'failed':
      if (TLS_CODE.test(end.code)) return {code: 'TLS', message: `certificate: ${end.code}`};
      if (end.code.startsWith('WS_ERR')) return {code: 'PROTOCOL', message: end.code};
      return {code: 'UNREACHABLE', message: end.code};
    case 'closed':
      if (end.code === CLOSE.overload) return {code: 'OVERLOADED', message: 'the collector is overloaded'};
      return {code: 'CLOSED', message: String(end.code)};
    default:
      return end satisfies never;
  }
}
