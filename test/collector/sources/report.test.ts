import {expect, test} from 'vitest';
import {Fault} from '../../../src/domain/fault.ts';
import {HOUR} from '../../../src/domain/time.ts';
import {parse, parseOne} from './context.ts';

test('an alert of `nocturne report alert`', () => {
  const body = {
    type: 'alert',
    customer: 'acme',
    host: 'srv-01',
    service: 'raid',
    severity: 'critical',
    summary: 'RAID degradiert',
  };
  expect(parseOne('report', body)).toMatchObject({
    type: 'alert',
    address: {customer: 'acme', site: '', host: 'srv-01', service: 'raid'},
    key: 'report:src1:acme||srv-01|raid',
    status: 'firing',
    severity: 'critical',
    summary: 'RAID degradiert',
  });
  expect(parseOne('report', {...body, severity: 'ok'})).toMatchObject({
    key: 'report:src1:acme||srv-01|raid',
    status: 'resolved',
  });
});

test('a heartbeat of `nocturne report heartbeat`', () => {
  const body = {
    type: 'heartbeat',
    customer: 'acme',
    host: 'srv-01',
    service: 'nightly',
    everySeconds: 3600,
    graceSeconds: null,
  };
  expect(parseOne('report', body)).toMatchObject({
    type: 'check',
    state: 'ok',
    policy: {intervalMs: HOUR, graceMs: null, isHeartbeat: true},
  });
});

test('several reports: what cannot be read is rejected by itself', () => {
  const reports = [
    {type: 'health', host: 'h', state: 'ok'},
    {type: 'backup', object: 'fs-01', job: 'nightly', result: 'success'},
    {type: 'restore-test', object: 'fs-01', result: 'passed', rtoSeconds: 2520, scope: 'full'},
    {type: 'backup', object: 'fs-01'},
    {type: 'restore-test', result: 'passed'},
    {type: 'poem'},
  ];
  expect(parse('report', reports)).toMatchObject({
    observations: [
      {state: 'ok'},
      {type: 'backup-run', job: 'nightly', run: {end: {result: 'success'}}},
      {type: 'restore-test', test: {ok: true, durationMs: 2_520_000, scope: 'full'}},
    ],
    rejected: [{index: 3}, {index: 4}, {index: 5}],
  });
});

test.each([null, {}, {type: 'alert'}, {type: 7}, 'x', [[]]])('%j is refused', body => {
  expect(() => parse('report', body)).toThrow(Fault);
});
