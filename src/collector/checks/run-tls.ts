import {isIP} from 'node:net';
import {connect, type PeerCertificate} from 'node:tls';
import {certificateState} from '../../domain/compliance/tls-certificate.ts';
import type {CheckConfig} from '../../runtime/collector-config.ts';
import type {Clock} from '../../runtime/outside.ts';
import {networkFault} from './network-fault.ts';
import {type Outcome, outcome} from './outcome.ts';
import {tlsOptions} from './tls-context.ts';

/** What a certificate that was verified says of its time. Source: SE-4. */
export function certificateOutcome(
  {valid_from, valid_to}: Pick<PeerCertificate, 'valid_from' | 'valid_to'>,
  now: number,
): Outcome {
  const notBefore = Date.parse(valid_from);
  const notAfter = Date.parse(valid_to);
  if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return outcome('unknown', 'certificate without a validity');
  const {state, daysLeft} = certificateState(notBefore, notAfter, now);
  const until = new Date(notAfter).toISOString().slice(0, 10);
  switch (state) {
    case 'expired':
      return outcome('critical', `certificate expired on ${until}`);
    case 'notYetValid':
      return outcome('critical', 'certificate not yet valid');
    case 'ok':
    case 'warning':
    case 'critical':
      return outcome(state, `certificate valid for ${daysLeft} d, until ${until}`);
    default:
      throw state satisfies never;
  }
}

/**
 * Looks at the certificate of a TLS server: chain and name are verified as a client would, then its remaining time is judged.
 *
 * @throws {Fault} `CHECK_CA`.
 */
export async function runTls(
  check: Extract<CheckConfig, {type: 'tls'}>,
  signal: AbortSignal,
  clock: Clock,
): Promise<Outcome> {
  const {address, port, serverName} = check;
  const options = await tlsOptions(check.ca);
  return new Promise(resolve => {
    // An IP address is never sent as server name (RFC 6066, section 3); the certificate is then verified for the address.
    const names = isIP(serverName) === 0 ? {servername: serverName} : {};
    const socket = connect({host: address, port, ...names, ...options});
    const onAbort = () => void socket.destroy();
    const settle = (result: Outcome) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(result);
    };
    socket.on('error', error => settle(networkFault(error)));
    socket.once('secureConnect', () => settle(certificateOutcome(socket.getPeerCertificate(), clock.now())));
    socket.once('close', () => settle(outcome('critical', 'no answer')));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, {once: true});
  });
}
