import {expect, test} from 'vitest';
import {contractOf} from '../../src/collector/contract.ts';
import {parseCollectorConfig} from '../../src/runtime/collector-config-load.ts';

function contractWith(tier: string) {
  const text = `
collector: {name: berlin, tag: B, listen: 127.0.0.1:0, data: /tmp/nowhere}
customers: [{id: mueller, name: Müller, sla: gold}]
slaTiers: {gold: {hours: 24x7, ${tier} priorities: {P1: {response: 15m}}}}
`;
  const {config, problems} = parseCollectorConfig(text, {folder: '/', env: {}, sourceTypes: null});
  expect(problems).toEqual([]);
  const customer = config?.customers[0];
  return config && customer && contractOf(config, customer);
}

test('the threshold of incidents travels with the contract (CO-2)', () => {
  expect(contractWith('incidentThreshold: critical,')).toMatchObject({tier: 'gold', incidentThreshold: 'critical'});
});

test('without one the contract is the same as before there was any, so that an upgrade makes no new version of it (SL-12)', () => {
  expect(Object.keys(contractWith('') ?? {})).toEqual([
    'tier',
    'calendar',
    'priorities',
    'availabilityPercent',
    'ackCountsAsResponse',
  ]);
});
