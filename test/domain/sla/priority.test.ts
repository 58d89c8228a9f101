import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type MergedIncident, mergeIncidents} from '../../../src/domain/sla/merge.ts';
import {
  defaultPriority,
  type Finding,
  type Grade,
  higherPriority,
  type Priority,
  priorityOf,
} from '../../../src/domain/sla/priority.ts';

const GRADES: readonly Grade[] = ['high', 'medium', 'low'];

describe('priorities', () => {
  test('of impact and urgency (PR-1)', () => {
    const matrix = GRADES.map(impact => GRADES.map(urgency => priorityOf(impact, urgency)).join(' '));
    expect(matrix).toEqual(['P1 P2 P3', 'P2 P3 P4', 'P3 P4 P4']);
  });

  test('of findings by criticality of the host (PR-2)', () => {
    const table = (finding: Finding, isRpoViolated = false) =>
      (['A', 'B', 'C'] as const).map(criticality => defaultPriority(finding, criticality, isRpoViolated)).join(' ');
    expect(table('critical')).toBe('P1 P2 P3');
    expect(table('warning')).toBe('P3 P3 P4');
    expect(table('unknown')).toBe('P2 P3 P4');
    expect(table('backupFailed')).toBe('P2 P3 P3');
    expect(table('backupMissed')).toBe('P2 P3 P3');
    expect(table('backupMissed', true)).toBe('P1 P2 P2');
    expect(table('critical', true)).toBe('P1 P1 P2');
  });

  test('the higher one is the smaller number', () => {
    expect(higherPriority('P3', 'P1')).toBe('P1');
    expect(higherPriority('P2', 'P4')).toBe('P2');
  });
});

describe('merging (SL-9)', () => {
  const incident = (id: string, more: Partial<MergedIncident> = {}): MergedIncident => ({
    id,
    start: 100,
    priority: 'P3',
    respondedAt: null,
    pauses: [],
    ...more,
  });

  test('of two as old, the smaller number survives: INC-9 before INC-12', () => {
    expect(mergeIncidents(incident('INC-12'), incident('INC-9')).survivor).toBe('INC-9');
    expect(mergeIncidents(incident('INC-12'), incident('INC-9', {start: 101})).survivor).toBe('INC-12');
  });

  test('one that never paused leaves no pause, one that still pauses does (SL-6)', () => {
    const paused = incident('a', {pauses: [[10, 20]]});
    expect(mergeIncidents(paused, incident('b')).pauses).toEqual([]);
    const lasting = incident('b', {pauses: [[15, Number.POSITIVE_INFINITY]]});
    expect(mergeIncidents(paused, lasting).pauses).toEqual([[15, 20]]);
  });

  test('nobody reacted, nobody did', () => {
    expect(mergeIncidents(incident('a'), incident('b')).respondedAt).toBeNull();
    expect(mergeIncidents(incident('a', {respondedAt: 7}), incident('b')).respondedAt).toBe(7);
  });

  test('the order is of no matter', () => {
    const incidents = fc.array(
      fc.record({
        id: fc.constantFrom('INC-1', 'INC-2', 'INC-3', 'INC-10', 'INC-11'),
        start: fc.constantFrom(1, 2),
        priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4'),
        respondedAt: fc.option(fc.nat(9)),
        pauses: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), {maxLength: 3}),
      }),
      {minLength: 1, maxLength: 5},
    );
    fc.assert(
      fc.property(incidents, list => {
        const [first, ...others] = list;
        const [last, ...before] = list.toReversed();
        if (first === undefined || last === undefined) return;
        expect(mergeIncidents(last, ...before)).toEqual(mergeIncidents(first, ...others));
      }),
    );
  });
});
