import {access, constants} from 'node:fs/promises';
import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import type {CheckConfig} from '../../runtime/collector-config.ts';
import type {Timers} from '../../runtime/outside.ts';
import {type Outcome, outcome} from './outcome.ts';
import {type Ended, runProgram} from './run-process.ts';

/** Echo requests need a right that we do not ask for; the system's own program has it. */
const PROGRAMS = ['/usr/bin/ping', '/bin/ping', '/sbin/ping'];

/** Names and addresses, also with a zone (`fe80::1%eth0`); never something that `ping` would take for an option. */
const ADDRESS = /^[A-Za-z0-9:_][A-Za-z0-9.:_%-]{0,254}$/;

const ROUND_TRIP = /time[=<]([0-9]{1,9}(?:\.[0-9]{1,6})?) ?ms/;

/** Exit codes of iputils and BusyBox: an answer, no answer, could not ask. */
const ANSWERED = 0;
const SILENT = 1;

/** What `ping` found; its round trip goes to the samples. */
export function pingOutcome(ended: Ended): Outcome {
  if (ended.how === 'aborted') return outcome('critical', 'no answer');
  if (ended.how !== 'exit') {
    const hint = ended.detail === 'EPERM' ? '; the service lacks CAP_NET_RAW, see docs/operations.md, Pings' : '';
    return outcome('unknown', `ping cannot run: ${ended.detail ?? ended.how}${hint}`);
  }
  if (ended.code === ANSWERED) {
    const latencyMs = Number(ROUND_TRIP.exec(ended.stdout)?.[1] ?? Number.NaN);
    if (Number.isNaN(latencyMs)) return outcome('ok', 'answers');
    return outcome('ok', `answers in ${latencyMs} ms`, {latencyMs});
  }
  if (ended.code === SILENT) return outcome('critical', 'no answer');
  const reason = (ended.stderr || ended.stdout).trim().split('\n', 1)[0] || `exit code ${ended.code}`;
  return outcome('unknown', reason);
}

async function findPing(): Promise<string> {
  for (const path of PROGRAMS) {
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Fault('CHECK_PING', 'there is no ping on this machine (Debian package iputils-ping)');
}

/**
 * Asks once with the system's `ping`; a lost packet is a soft state first, so one is enough.
 *
 * @throws {Fault} `CHECK_PING` when there is no `ping`, or the address is none.
 */
export async function runPing(
  check: Extract<CheckConfig, {type: 'ping'}>,
  signal: AbortSignal,
  timers: Timers,
): Promise<Outcome> {
  if (!ADDRESS.test(check.address)) throw new Fault('CHECK_PING', 'the address is no name and no IP address');
  const waitSeconds = Math.max(1, Math.ceil(check.timeoutMs / SECOND));
  const args = ['-n', '-c', '1', '-W', String(waitSeconds), check.address];
  const env = {LC_ALL: 'C', PATH: '/usr/bin:/bin'};
  return pingOutcome(await runProgram({path: await findPing(), args, env, user: null}, signal, timers));
}
