import {Worker} from 'node:worker_threads';
import {expect, test} from 'vitest';
import {openStore} from '../../src/client/open-store.ts';
import {collectorUrl} from '../../src/client/socket.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {CollectorProcess} from '../support/collector-process.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

/** Longer than a face is waited for, so that the links let frames go. */
const STALL_MS = 7_000;
const POSTS = 30;
const ALERTS_PER_POST = 100;

/** Sends alerts from another thread, while this one stands still. */
const FEEDER = `
  const {parentPort, workerData: {url, token, posts, each}} = require('node:worker_threads');
  (async () => {
    for (let post = 0; post < posts; post++) {
      const alerts = Array.from({length: each}, (_, index) => ({
        key: 'k' + post + '-' + index, status: 'firing', severity: 'warning', customer: 'mueller',
        host: 'srv-' + post + '-' + index, summary: 'Lüfter langsam '.repeat(20),
      }));
      const answer = await fetch(url, {
        method: 'POST',
        headers: {authorization: 'Bearer ' + token, 'content-type': 'application/json'},
        body: JSON.stringify(alerts),
      });
      if (answer.status !== 202) throw new Error('ingest answered ' + answer.status);
    }
    parentPort.postMessage('done');
  })();
`;

test('a face that stands still for seconds keeps its line, and then knows everything (security rule 51)', {
  timeout: 120_000,
}, async () => {
  using folder = temporaryFolder();
  await using collector = await CollectorProcess.start();
  const url = collectorUrl(collector.url);
  const token = await collector.token('technician', 'jana');
  const store = openStore({
    collectors: [{url, token, ca: null, name: null}],
    stateFolder: folder.path,
    as: null,
    outside: realOutside,
  });
  const only = () => store.getSnapshot().collectors[0];
  await expect.poll(() => only()?.link).toBe('live');

  const workerData = {
    url: `${collector.http}/v1/ingest/custom`,
    token: await collector.token('ingest'),
    posts: POSTS,
    each: ALERTS_PER_POST,
  };
  const feeder = new Worker(FEEDER, {eval: true, workerData});
  const fed = new Promise((resolve, reject) => {
    feeder.once('message', resolve);
    feeder.once('error', reject);
  });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STALL_MS);
  await fed;

  const known = (): number =>
    [...(only()?.state?.alerts.values() ?? [])].filter(alert => alert.source === 'custom').length;
  await expect.poll(known, {interval: 50}).toBe(POSTS * ALERTS_PER_POST);
  await expect.poll(() => only()?.link).toBe('live');
  const events = collector.log.split('\n').filter(line => line.includes('"session.'));
  expect(events).toHaveLength(1);
  expect(events[0]).toContain('session.opened');
  await store.close();
});
