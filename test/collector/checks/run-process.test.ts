import {expect, test} from 'vitest';
import {runProgram} from '../../../src/collector/checks/run-process.ts';
import {realOutside} from '../../../src/runtime/outside-real.ts';

const program = {args: [], env: {}, user: null};

// Node throws these where it reports ENOENT and EACCES; EPERM is what a unit without CAP_NET_RAW gets from Debian's ping.
test.each([
  ['/etc/passwd/ping', 'ENOTDIR'],
  [`/${'x'.repeat(5000)}`, 'ENAMETOOLONG'],
  ['/nowhere/ping', 'ENOENT'],
])('a program that the system does not start has failed, and says why: %.20s', async (path, detail) => {
  const ended = await runProgram({...program, path}, new AbortController().signal, realOutside.timers);
  expect(ended).toEqual({how: 'failed', code: null, detail, stdout: '', stderr: ''});
});
