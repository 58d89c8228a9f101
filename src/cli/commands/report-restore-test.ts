import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import {parseDuration} from '../../runtime/duration.ts';
import {actorLabel} from '../actor-label.ts';
import {listFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {EXIT} from '../exit-code.ts';
import {post} from '../post-report.ts';
import {printResults} from '../results.ts';

/** `nocturne report restore-test --object O --result passed --rto 42m --scope full --point 2026-11-20T01:00Z -m TEXT` (BK-6). */
export const runReportRestoreTest: RunCommand = async (context, {flags}) => {
  const {collectors, timeoutMs} = await resolveConnection(context, flags);
  const [collector, another] = collectors;
  if (collector === undefined || another !== undefined) {
    throw new Fault('USAGE_ONE_URL', 'a report goes to one collector: give one --url');
  }
  const object = textFlag(flags, 'object');
  const rto = parseDuration(textFlag(flags, 'rto') ?? '');
  const report = {
    type: 'restore-test',
    customer: listFlag(flags, 'customer')[0] ?? null,
    object,
    job: textFlag(flags, 'job'),
    result: textFlag(flags, 'result'),
    scope: textFlag(flags, 'scope'),
    rtoSeconds: rto === null ? null : rto / SECOND,
    point: pointOf(textFlag(flags, 'point')),
    by: actorLabel(context, flags),
    note: textFlag(flags, 'message'),
  };
  await post(collector, JSON.stringify(report), timeoutMs);
  printResults(context, 'report', [{id: object ?? '', outcome: 'done', code: 'OK', by: null, at: null, seq: null}]);
  return EXIT.done;
};

/** An RFC 3339 time; seconds may be left out. */
function pointOf(given: string | null): string | null {
  if (given === null) return null;
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i.exec(given);
  const text = match === null ? '' : `${match[1]?.replace(' ', 'T')}${match[2] ?? ':00'}${match[3]?.toUpperCase()}`;
  if (Number.isNaN(Date.parse(text)))
    throw new Fault('USAGE_POINT', `--point wants a time like 2026-11-20T01:00Z`, {given});
  return text;
}
