import type {CollectorAddress} from '../../client/collector-address.ts';
import {monthAt} from '../../domain/report/customer-month.ts';
import {budgetLeftPercent, type MonthFigures, metPercent, monthFigures} from '../../domain/report/month-figures.ts';
import type {DurationMs, Instant} from '../../domain/time.ts';
import {rfc3339} from '../../view/rfc3339.ts';
import {type SlaEntry, selectSla} from '../../view/sla-customers.ts';
import {slaColumns, slaHeadLine, slaLine} from '../../view/sla-lines.ts';
import type {Line} from '../../view/tone.ts';
import {drawContext} from '../alert-rows.ts';
import {listFlag, type RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {isComplete, openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';
import {getMonth} from '../months.ts';
import {nothing} from '../results.ts';

const MS_A_SECOND = 1000;

/** `nocturne sla`: what each customer was promised, what comes due, and how the month stands. */
export const runSla: RunCommand = async (context, {flags}) => {
  const connection = await resolveConnection(context, flags);
  const links = await openLinks(context, connection, {wantsPicture: true});
  await requireLink(context, links);
  const now = context.outside.clock.now();
  const wanted = listFlag(flags, 'customer');
  const entries = selectSla(links.store.getSnapshot(), null, now).filter(
    ({id}) => wanted.length === 0 || wanted.includes(id),
  );
  const isEveryoneThere = isComplete(links);
  await links.store.close();
  const rows = await Promise.all(
    entries.map(async (entry): Promise<SlaEntry> => {
      const month = await monthOf(entry, connection.collectors, connection.timeoutMs, now);
      return month === null ? entry : {...entry, month, monthAgeMs: null};
    }),
  );
  const empty = wanted.length === 0 ? 'sla.empty' : 'cli.empty.customer';
  printList(context, {key: 'sla', entries: rows, json, record, table, empty});
  return rows.length === 0 && wanted.length > 0 ? nothing(isEveryoneThere) : EXIT.done;
};

/** From the log as it is now; null when that cannot be had, and then what was told last counts. An older collector knows no months. */
async function monthOf(
  {id, origin, customer}: SlaEntry,
  collectors: readonly CollectorAddress[],
  timeoutMs: DurationMs,
  now: Instant,
): Promise<MonthFigures | null> {
  const collector = collectors.find(({url}) => url === origin.url);
  if (collector === undefined || origin.isStale) return null;
  const month = await getMonth(collector, id, monthAt(customer.timezone, now + origin.skewMs), timeoutMs);
  return month === null ? null : monthFigures(month);
}

function monthJson(figures: MonthFigures | null) {
  if (figures === null) return null;
  const {month, asOf, met, breached} = figures;
  return {month, asOf: rfc3339(asOf), met, breached, compliancePercent: metPercent(figures)};
}

function availabilityJson({month, targetPercent}: SlaEntry) {
  const worst = month?.worst ?? null;
  const left = worst?.budgetLeftMs ?? null;
  return {
    targetPercent,
    percent: worst?.percent ?? null,
    budgetRemainingSeconds: left === null ? null : Math.floor(left / MS_A_SECOND),
    budgetLeftPercent: month === null ? null : budgetLeftPercent(month),
    hasGaps: worst?.hasGaps ?? null,
    service: worst === null ? null : worst.address,
  };
}

function json(entry: SlaEntry): object {
  const {month} = entry;
  const {id, customer, origin, tier, hours, running, paused, atRisk, breached, nextDueAt} = entry;
  return {
    customer: id,
    name: customer.name,
    collector: origin.name,
    tier,
    hours: hours === null ? null : {open: hours.isOpen, changesAt: rfc3339(hours.changesAt)},
    clocks: {running, paused, atRisk, breached},
    nextDueAt: rfc3339(nextDueAt),
    month: monthJson(month),
    availability: availabilityJson(entry),
  };
}

/** Customer, tier, `open` or `closed`, when that changes, next deadline, running, at risk, breached, met and breached this month, availability. */
function record({id, tier, hours, nextDueAt, running, atRisk, breached, month}: SlaEntry): readonly string[] {
  const percent = month?.worst?.percent ?? null;
  return [
    id,
    tier ?? '',
    hours === null ? '' : hours.isOpen ? 'open' : 'closed',
    rfc3339(hours?.changesAt ?? null) ?? '',
    rfc3339(nextDueAt) ?? '',
    String(running),
    String(atRisk),
    String(breached),
    month === null ? '' : String(month.met),
    month === null ? '' : String(month.breached),
    percent === null ? '' : percent.toFixed(3),
  ];
}

function table(rows: readonly SlaEntry[], width: number, context: CliContext): readonly Line[] {
  const draw = drawContext(context);
  const columns = slaColumns(width);
  return [slaHeadLine(columns, draw), ...rows.map(entry => slaLine(columns, entry, draw))];
}
