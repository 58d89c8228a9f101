import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {unfold} from '../../src/console/alert-list.ts';
import type {Lists} from '../../src/console/scene.ts';
import {INITIAL_STATE} from '../../src/console/state.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import type {AlertEntry} from '../../src/view/alert-entry.ts';
import {type AlertRow, alertsOf, leadOf, ownOf, withOpened} from '../../src/view/alert-rows.ts';
import {CONSOLE_SCOPE, listAlerts} from '../../src/view/alerts.ts';
import {
  ALERT_GROUPS,
  ALERT_ORDERS,
  type AlertGroup,
  arrangeAlerts,
  groupHeads,
  groupKey,
} from '../../src/view/arrange-alerts.ts';
import {foldAlerts} from '../../src/view/fold-alerts.ts';
import {joinsIncident, opensIncident} from '../console/fold-night.ts';
import {acknowledged, calmNight, raised, resolved} from '../console/night.ts';

/** What may be said of one alert; numbers name earlier alerts. */
interface Said {
  readonly isWarning: boolean;
  readonly host: number;
  readonly site: number;
  /** The incident of which alert it joins; its own without. */
  readonly joins: number | null;
  readonly hasIncident: boolean;
  /** Behind which alert it cannot be reached. */
  readonly under: number | null;
  readonly isAcked: boolean;
  readonly isOver: boolean;
}

const said: fc.Arbitrary<Said> = fc.record({
  isWarning: fc.boolean(),
  host: fc.nat(4),
  site: fc.nat(1),
  joins: fc.option(fc.nat(11)),
  hasIncident: fc.boolean(),
  under: fc.option(fc.nat(11)),
  isAcked: fc.boolean(),
  isOver: fc.boolean(),
});

/** Every alert of a picture in which those things were said of alerts 0, 1, 2, … */
function entriesOf(things: readonly Said[]): readonly AlertEntry[] {
  const night = calmNight();
  const openers = new Set<number>();
  for (const [n, it] of things.entries()) {
    const trouble = {
      n,
      customer: 'mueller',
      host: `h${it.host}`,
      site: `s${it.site}`,
      service: `c${n}`,
      summary: 'weg',
      severity: it.isWarning ? ('warning' as const) : ('critical' as const),
      ...(it.under === null || it.under === n ? {} : {under: it.under, suppressed: ['unreachable' as const]}),
    };
    const into = it.joins !== null && openers.has(it.joins) ? it.joins : null;
    const isOpener = into === null && it.hasIncident && it.under === null;
    if (isOpener) openers.add(n);
    const events = into !== null ? joinsIncident(trouble, into) : isOpener ? opensIncident(trouble) : [raised(trouble)];
    night.noc.append('berlin', events);
    if (it.isAcked) night.noc.append('berlin', [acknowledged(n, 'Ben', night.outside.clock.now())]);
    if (it.isOver) night.noc.append('berlin', [resolved(n)]);
  }
  return listAlerts(night.noc.getSnapshot(), CONSOLE_SCOPE, night.outside.clock.now());
}

const picture = fc.array(said, {maxLength: 12}).map(entriesOf);
const order = fc.constantFrom(...ALERT_ORDERS);
const group = fc.constantFrom(...ALERT_GROUPS);

const keysOf = (entries: readonly {readonly key: string}[]) => entries.map(({key}) => key);

describe('folding', () => {
  test('CO-2, DP-2: every alert that the unfolded list shows is in exactly one row, closed and opened', () => {
    fc.assert(
      fc.property(picture, order, group, fc.boolean(), (every, by, of, isNarrow) => {
        const fitting = isNarrow ? every.filter(({alert}) => alert.severity === 'critical') : every;
        const rows = foldAlerts(arrangeAlerts(fitting, by, of), every, of);
        expect(keysOf(rows.flatMap(alertsOf)).toSorted()).toEqual(keysOf(fitting).toSorted());
        expect(new Set(keysOf(rows)).size).toBe(rows.length);
        const opened = withOpened(rows, new Set(keysOf(rows)));
        const shown = opened.filter(row => row.type === 'alert').map(row => row.entry);
        expect(keysOf(shown).toSorted()).toEqual(keysOf(fitting).toSorted());
        expect(new Set(keysOf(opened)).size).toBe(opened.length);
      }),
    );
  });

  test('a row acts on something, speaks for what it acts on, and a row of one alert is that alert', () => {
    fc.assert(
      fc.property(picture, group, (every, of) => {
        for (const row of foldAlerts(arrangeAlerts(every, 'due', of), every, of)) {
          expect(ownOf(row)).toContain(leadOf(row));
          if (row.type === 'alert') expect(row.key).toBe(row.entry.key);
          else expect(row.fold.total).toBe(alertsOf(row).length);
          expect(row.type === 'fold').toBe(alertsOf(row).length > 1);
          if (row.type === 'alert') continue;
          // A clock of its own that runs is never hidden under a matter that has another.
          const incidents = new Set(row.fold.own.map(({sla}) => sla?.incident));
          for (const {sla} of row.fold.affected) {
            expect(sla === null || sla.incident.resolvedAt !== null || incidents.has(sla.incident)).toBe(true);
          }
        }
      }),
    );
  });

  test('what is one matter does not change with the filter; an incident is one row unless hosts or sites part it', () => {
    fc.assert(
      fc.property(picture, order, (every, by) => {
        const rowOf = (rows: readonly AlertRow[]) =>
          new Map(rows.flatMap(row => alertsOf(row).map(({key}) => [key, row.key] as const)));
        const whole = rowOf(foldAlerts(arrangeAlerts(every, by, 'none'), every, 'none'));
        const fitting = every.filter(({alert}) => alert.severity === 'critical');
        for (const [key, row] of rowOf(foldAlerts(fitting, every, 'none'))) expect(row).toBe(whole.get(key));
        for (const a of every)
          for (const b of every) {
            if (a.sla === null || a.sla.incident !== b.sla?.incident) continue;
            if (a.alert.rootCause === null && b.alert.rootCause === null)
              expect(whole.get(a.key)).toBe(whole.get(b.key));
          }
      }),
    );
  });

  test('rows stand in the order of their own alerts, and groups stay together', () => {
    fc.assert(
      fc.property(picture, order, group, (every, by, of) => {
        const arranged = arrangeAlerts(every, by, of);
        const rows = foldAlerts(arranged, every, of);
        const places = rows.map(row => Math.min(...ownOf(row).map(entry => arranged.indexOf(entry))));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const groups = rows.map(row => groupKey(leadOf(row), of));
        for (const [index, row] of rows.entries()) {
          for (const entry of ownOf(row)) expect(groupKey(entry, of)).toBe(groups[index]);
        }
        const changes = groups.filter((key, index) => key !== groups[index - 1]);
        expect(new Set(changes).size).toBe(changes.length);
        if (of !== 'none') expect(groupHeads(rows, of).size).toBe(changes.length);
      }),
    );
  });
});

function listsOf(entries: readonly AlertEntry[], of: AlertGroup): Lists {
  const matters = foldAlerts(arrangeAlerts(entries, 'due', of), entries, of);
  const none = {customers: [], hosts: [], events: [], sla: [], backups: []};
  return {...none, alerts: matters, matters, alertCount: entries.length, heads: new Map()};
}

describe('the cursor', () => {
  test('stays on its alert, or on its incident, whatever joins, leaves, merges or is put together otherwise', () => {
    fc.assert(
      fc.property(
        fc.array(said, {minLength: 1, maxLength: 12}),
        fc.array(said, {maxLength: 12}),
        group,
        group,
        fc.nat(),
        fc.boolean(),
        (first, then, of, later, pick, isOpen) => {
          const lists = listsOf(entriesOf(first), of);
          const opened = new Set(isOpen ? keysOf(lists.matters) : []);
          const rows = withOpened(lists.matters, opened);
          const index = pick % rows.length;
          const row = rows[index];
          if (row === undefined) throw new Error('a row is expected');
          const at = {cursor: row.key, index, top: 0};
          const state = {...INITIAL_STATE, opened, lists: {...INITIAL_STATE.lists, alerts: at}};
          const next = unfold({state, lists: {...lists, alerts: rows}}, state, listsOf(entriesOf(then), later));
          const {cursor} = next.state.lists.alerts;
          const there = next.lists.alerts.find(({key}) => key === cursor);
          const known = new Set(keysOf(next.lists.matters.flatMap(alertsOf)));
          const stood = row.type === 'alert' ? [row.entry] : alertsOf(row);
          if (!stood.some(({key}) => known.has(key))) return;
          if (there === undefined) throw new Error('the cursor is on no row');
          const now = new Set(keysOf(alertsOf(there)));
          // An incident keeps its name, also when all that it was made of has changed.
          expect(there.key === row.key || stood.some(({key}) => now.has(key))).toBe(true);
          // Who stands in an open fold goes on standing on that alert.
          if (row.type === 'alert' && row.place !== null) expect(there.key).toBe(row.key);
        },
      ),
    );
  });

  test('goes into a closed fold when it is sent to an alert there', () => {
    const it = {isWarning: false, host: 0, site: 0, hasIncident: true, under: null, isAcked: false, isOver: false};
    const lists = listsOf(
      entriesOf([
        {...it, joins: null},
        {...it, joins: 0},
      ]),
      'none',
    );
    const [row] = lists.matters;
    if (row === undefined) throw new Error('a row is expected');
    const wanted = alertsOf(row).find(({alert}) => alert.occurrence === occurrenceId(1))?.key ?? '';
    const from = {...INITIAL_STATE, lists: {...INITIAL_STATE.lists, alerts: {cursor: row.key, index: 0, top: 0}}};
    const to = {...from, lists: {...from.lists, alerts: {cursor: wanted, index: 0, top: 0}}};
    const next = unfold({state: from, lists}, to, lists);
    expect(next.state.opened).toEqual(new Set([row.key]));
    expect(keysOf(next.lists.alerts)).toContain(wanted);
  });
});
