import {type Outcome, outcome} from './outcome.ts';

/** What went wrong, in words, by the codes of Node and OpenSSL. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['EPIPE', 'connection closed'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'connection closed early'],
  ['EHOSTUNREACH', 'no route to host'],
  ['ENETUNREACH', 'network unreachable'],
  ['EHOSTDOWN', 'host is down'],
  ['ETIMEDOUT', 'no answer'],
  ['CONNECT_TIMEOUT', 'no connection in time'],
  ['ENOTFOUND', 'name not found'],
  ['EAI_AGAIN', 'name server does not answer'],
  ['HPE_INVALID_CONSTANT', 'answer is not HTTP'],
  ['HPE_INVALID_VERSION', 'answer is not HTTP'],
  ['EPROTO', 'no TLS spoken'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no TLS spoken'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'no TLS spoken'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS version refused'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'TLS older than 1.2'],
  ['CERT_HAS_EXPIRED', 'certificate expired'],
  ['CERT_NOT_YET_VALID', 'certificate not yet valid'],
  ['CERT_REVOKED', 'certificate revoked'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed authority in the chain'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'authority unknown'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'authority unknown'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'chain incomplete or authority unknown'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate is for another name'],
]);

/** The fault may be ours and not the target's. */
const OURS: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ENETUNREACH', 'EMFILE', 'ENFILE', 'EACCES', 'EADDRNOTAVAIL']);

/** The code of an error of Node's network modules or of node-fetch; '' when it has none. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What a failed connection says: critical, as nobody can use the service; unknown when the fault may be on our side. */
export function networkFault(error: unknown): Outcome {
  const code = errorCode(error);
  return outcome(
    OURS.has(code) ? 'unknown' : 'critical',
    WORDS.get(code) ?? (code === '' ? 'failed' : `failed: ${code}`),
  );
}
