import type {CollectorAddress} from '../../client/collector-address.ts';
import {type CustomerMonth, monthAt} from '../../domain/report/customer-month.ts';
import type {ServiceMonth} from '../../domain/report/service-month.ts';
import {compliancePercent} from '../../domain/sla/availability.ts';
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
import {openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';
import {getMonth} from '../months.ts';

/** A customer with its month from the log; null when the collector cannot tell it. */
interface Row {
  readonly entry: SlaEntry;
  readonly month: CustomerMonth | null;
}

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
  await links.store.close();
  const rows = await Promise.all(
    entries.map(async entry => ({
      entry,
      month: await monthOf(entry, connection.collectors, connection.timeoutMs, now),
    })),
  );
  printList(context, {key: 'sla', entries: rows, json, record, table, empty: 'sla.empty'});
  return rows.length === 0 && wanted.length > 0 ? EXIT.nothing : EXIT.done;
};

/** An older collector knows no months: then that is what is not known. */
async function monthOf(
  {id, origin, customer}: SlaEntry,
  collectors: readonly CollectorAddress[],
  timeoutMs: DurationMs,
  now: Instant,
): Promise<CustomerMonth | null> {
  const collector = collectors.find(({url}) => url === origin.url);
  if (collector === undefined || origin.isStale) return null;
  return getMonth(collector, id, monthAt(customer.timezone, now + origin.skewMs), timeoutMs);
}

/** The service that has the least of its budget left: one figure that a customer's month stands or falls with. */
function worstService({services}: CustomerMonth): ServiceMonth | null {
  const known = services.filter(({percent}) => percent !== null);
  return known.toSorted((a, b) => (a.percent ?? 0) - (b.percent ?? 0))[0] ?? null;
}

function monthJson(month: CustomerMonth | null) {
  if (month === null) return null;
  const met = month.compliance.reduce((sum, clock) => sum + clock.met, 0);
  const breached = month.compliance.reduce((sum, clock) => sum + clock.breached, 0);
  const outcomes = [...Array<'met'>(met).fill('met'), ...Array<'breached'>(breached).fill('breached')];
  return {month: month.month, met, breached, compliancePercent: compliancePercent(outcomes)};
}

function availabilityJson({month, entry}: Row) {
  const worst = month === null ? null : worstService(month);
  const left = worst?.budgetRemainingMs ?? null;
  return {
    targetPercent: entry.targetPercent,
    percent: worst?.percent ?? null,
    budgetRemainingSeconds: left === null ? null : Math.floor(left / MS_A_SECOND),
    service: worst === null ? null : worst.address,
  };
}

function json(row: Row): object {
  const {entry, month} = row;
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
    availability: availabilityJson(row),
  };
}

/** Customer, tier, `open` or `closed`, when that changes, next deadline, running, at risk, breached, met and breached this month, availability. */
function record({entry, month}: Row): readonly string[] {
  const {id, tier, hours, nextDueAt, running, atRisk, breached} = entry;
  const counts = monthJson(month);
  const percent = month === null ? null : (worstService(month)?.percent ?? null);
  return [
    id,
    tier ?? '',
    hours === null ? '' : hours.isOpen ? 'open' : 'closed',
    rfc3339(hours?.changesAt ?? null) ?? '',
    rfc3339(nextDueAt) ?? '',
    String(running),
    String(atRisk),
    String(breached),
    counts === null ? '' : String(counts.met),
    counts === null ? '' : String(counts.breached),
    percent === null ? '' : percent.toFixed(3),
  ];
}

function table(rows: readonly Row[], width: number, context: CliContext): readonly Line[] {
  const draw = drawContext(context);
  const columns = slaColumns(width);
  const whole = rows.map(({entry, month}) => {
    const counts = monthJson(month);
    return counts === null ? entry : {...entry, month: counts};
  });
  return [slaHeadLine(columns, draw), ...whole.map(entry => slaLine(columns, entry, draw))];
}
