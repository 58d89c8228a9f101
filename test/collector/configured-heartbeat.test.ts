import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {expect, test} from 'vitest';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {TWO_CUSTOMERS} from '../support/collector-process.ts';
import {OpenCollector} from './support/open-collector.ts';

const NIGHTLY = `${TWO_CUSTOMERS}checks:
  - {host: nas-01, customer: hofer, service: nightly, type: heartbeat, every: 2h, grace: 10m}
`;

/** State of the only check, as the log has it. */
function lastState(collector: OpenCollector): unknown {
  using database = new DatabaseSync(join(collector.data, 'collector.db'), {readOnly: true});
  const query =
    "SELECT json_extract(body, '$.state') AS state FROM events WHERE type = 'check.changed' ORDER BY seq DESC LIMIT 1";
  return database.prepare(query).get()?.state;
}

test('a configured heartbeat is missed when the configuration says so, not when its sender would (FR-4)', async () => {
  await using collector = await OpenCollector.start(NIGHTLY);
  const body = {type: 'heartbeat', customer: 'hofer', host: 'nas-01', service: 'nightly', everySeconds: 86_400};
  const answer = await collector.http('POST', '/v1/reports', {token: collector.token('ingest'), body});
  expect(answer.status).toBe(202);
  expect(lastState(collector)).toBe('ok');
  await collector.outside.advanceAsync(2 * HOUR + 9 * MINUTE);
  expect(lastState(collector)).toBe('ok');
  await collector.outside.advanceAsync(2 * MINUTE);
  expect(lastState(collector)).toBe('critical');
});
