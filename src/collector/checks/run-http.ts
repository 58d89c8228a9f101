import type {CheckConfig} from '../../runtime/collector-config.ts';
import type {Clock, Timers} from '../../runtime/outside.ts';
import {httpGet, readBody} from './http-get.ts';
import {type Outcome, outcome} from './outcome.ts';

/** Source: security rule 38. */
const MOST_BODY_BYTES = 256 * 1024;

const CLIENT_ERROR = 400;
const SERVER_ERROR = 500;

/** Without configured ones: as `check_http` judges. Source: Monitoring Plugins 2.3.3, check_http. */
function stateOf(status: number, wanted: readonly number[] | null): Outcome['state'] {
  if (wanted !== null) return wanted.includes(status) ? 'ok' : 'critical';
  if (status < CLIENT_ERROR) return 'ok';
  return status < SERVER_ERROR ? 'warning' : 'critical';
}

/**
 * Asks once, follows no redirect, and looks for the expected text in the first 256 KiB.
 *
 * @throws {Fault} `CHECK_URL`, `CHECK_CA`; anything else thrown is an error of the network.
 */
export async function runHttp(
  check: Extract<CheckConfig, {type: 'http'}>,
  signal: AbortSignal,
  {clock, timers}: {readonly clock: Clock; readonly timers: Timers},
): Promise<Outcome> {
  const startedAt = clock.now();
  const response = await httpGet({url: check.url, ca: check.ca, accept: '*/*', signal, timers});
  const chunks: Uint8Array[] = [];
  const isWhole = await readBody(response, MOST_BODY_BYTES, chunk => chunks.push(chunk));
  const body = Buffer.concat(chunks);
  const size = `${isWhole ? '' : '> '}${body.length} B`;
  const line = `HTTP ${response.status} ${response.statusText}`.trim();
  const state = stateOf(response.status, check.expectStatus);
  const isTextThere = check.expectText === null || body.toString('utf8').includes(check.expectText);
  if (state === 'ok' && !isTextThere) return outcome('critical', `${line}, expected text not found in ${size}`);
  return outcome(state, `${line}, ${size} in ${clock.now() - startedAt} ms`);
}
