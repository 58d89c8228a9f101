import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import {parseDuration} from '../../runtime/duration.ts';
import {actorLabel} from '../actor-label.ts';
import {hasFlag, onlyFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {sendReport} from '../report-outbox.ts';
import {exitCodeOfResults, printResults, queued, reported} from '../results.ts';

/** `nocturne report restore-test --object O --result passed --rto 42m --scope full --point 2026-11-20T01:00Z -m TEXT` (BK-6). */
export const runReportRestoreTest: RunCommand = async (context, {flags}) => {
  const connection = await resolveConnection(context, flags);
  const object = textFlag(flags, 'object');
  const rto = parseDuration(textFlag(flags, 'rto') ?? '');
  const report = {
    type: 'restore-test',
    customer: onlyFlag(flags, 'customer'),
    object,
    job: textFlag(flags, 'job'),
    result: textFlag(flags, 'result'),
    scope: textFlag(flags, 'scope'),
    rtoSeconds: rto === null ? null : rto / SECOND,
    point: pointOf(textFlag(flags, 'point')),
    by: actorLabel(context, flags),
    note: textFlag(flags, 'message'),
  };
  const isThere = await sendReport(context, connection, report, {isKept: hasFlag(flags, 'queue')});
  const results = [isThere ? reported(object ?? '') : queued(object ?? '')];
  printResults(context, 'report', results);
  return exitCodeOfResults(results);
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
