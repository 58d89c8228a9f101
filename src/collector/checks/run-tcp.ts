import {connect} from 'node:net';
import type {CheckConfig} from '../../runtime/collector-config.ts';
import type {Clock} from '../../runtime/outside.ts';
import {networkFault} from './network-fault.ts';
import {type Outcome, outcome} from './outcome.ts';

/** Ok when a connection is taken. Settles soon after `signal` is aborted. */
export function runTcp(
  check: Extract<CheckConfig, {type: 'tcp'}>,
  signal: AbortSignal,
  clock: Clock,
): Promise<Outcome> {
  return new Promise(resolve => {
    const startedAt = clock.now();
    const socket = connect({host: check.address, port: check.port});
    const onAbort = () => void socket.destroy();
    const settle = (result: Outcome) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(result);
    };
    socket.on('error', error => settle(networkFault(error)));
    socket.once('connect', () => {
      const latencyMs = clock.now() - startedAt;
      settle(outcome('ok', `connected to port ${check.port} in ${latencyMs} ms`));
    });
    socket.once('close', () => settle(outcome('critical', 'no answer')));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, {once: true});
  });
}
