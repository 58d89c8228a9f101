import {existsSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {runCheck} from '../../../src/collector/checks/run-check.ts';
import {pingOutcome} from '../../../src/collector/checks/run-ping.ts';
import {realOutside} from '../../../src/runtime/outside-real.ts';

const ended = {how: 'exit', code: 0, detail: null, stdout: '', stderr: ''} as const;

describe('what ping says', () => {
  // As iputils and BusyBox print it; below its resolution ping says "less than".
  test.each([
    ['64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.036 ms\n', 0.036],
    ['64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.086 ms\n', 0.086],
    ['64 bytes from fe80::1%eth0: icmp_seq=1 ttl=64 time<1 ms\n', 1],
  ])('%j took %d ms', (stdout, latencyMs) => {
    expect(pingOutcome({...ended, stdout})).toEqual({
      state: 'ok',
      output: `answers in ${latencyMs} ms`,
      longOutput: null,
      figures: {latencyMs},
    });
  });

  test('an answer without a time is still an answer', () => {
    expect(pingOutcome(ended)).toMatchObject({state: 'ok', figures: {}});
  });

  test('silence is critical; what could not be asked is unknown, with the reason', () => {
    expect(pingOutcome({...ended, code: 1})).toMatchObject({state: 'critical', output: 'no answer'});
    expect(pingOutcome({...ended, how: 'aborted', code: null})).toMatchObject({state: 'critical'});
    expect(pingOutcome({...ended, code: 2, stderr: 'ping: x: Name or service not known\n'})).toMatchObject({
      state: 'unknown',
      output: 'ping: x: Name or service not known',
    });
    expect(pingOutcome({...ended, how: 'failed', code: null, detail: 'EACCES'})).toMatchObject({
      state: 'unknown',
      output: 'ping cannot run: EACCES',
    });
    // Debian's ping holds CAP_NET_RAW as a file: without it in the bounding set the kernel does not even start it.
    expect(pingOutcome({...ended, how: 'failed', code: null, detail: 'EPERM'})).toMatchObject({
      state: 'unknown',
      output: 'ping cannot run: EPERM; the service lacks CAP_NET_RAW, see docs/operations.md, Pings',
    });
  });
});

describe('running it', () => {
  const check = {
    type: 'ping',
    host: 'srv',
    customer: 'acme',
    site: '',
    service: '',
    everyMs: 60_000,
    retryEveryMs: 60_000,
    timeoutMs: 5000,
    maxAttempts: 3,
    graceMs: null,
    runbook: null,
  } as const;
  const {clock, timers} = realOutside;
  const run = (address: string) =>
    runCheck({...check, address}, new AbortController().signal, {
      clock,
      timers,
      pluginDirs: [],
      pluginUser: () => null,
    });

  test.each(['-f', '-c5', '--help', 'a b', 'a\nb', '$(id)', '', 'x'.repeat(300)])(
    'rule 39: the address %j is never handed to ping',
    async address => {
      const refusal = 'the address is no name and no IP address';
      expect(await run(address)).toMatchObject({state: 'unknown', output: refusal});
    },
  );

  test.runIf(existsSync('/usr/bin/ping'))('loopback answers, or ping says why it may not ask', async () => {
    const found = await run('127.0.0.1');
    if (found.state === 'ok') expect(found.figures.latencyMs).toBeLessThan(1000);
    else expect(found.output).toMatch(/ping/);
  });
});
