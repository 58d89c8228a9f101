import {availability} from './availability.ts';
import {businessTime} from './business-time.ts';
import {dueInstant} from './due-instant.ts';
import type {ExampleRunner} from './example-file.ts';
import {holidays} from './holidays.ts';
import {isHoliday} from './is-holiday.ts';
import {meanTimes} from './mean-times.ts';
import {priority} from './priority.ts';
import {slaClock} from './sla-clock.ts';
import {slaMerge} from './sla-merge.ts';
import {slaPriorityChange} from './sla-priority-change.ts';
import {updateClock} from './update-clock.ts';

/** Who answers which category of the example file. A new category is one file here and one line below. */
export const runners: Readonly<Record<string, ExampleRunner>> = {
  holidays,
  isHoliday,
  businessTime,
  dueInstant,
  slaClock,
  slaPriorityChange,
  slaMerge,
  updateClock,
  availability,
  meanTimes,
  priority,
};

/** The one place that names the categories whose feature is not built yet. They are reported, not run. */
export const notBuiltYet: readonly string[] = [
  'stateSequence',
  'flap',
  'freshness',
  'reachability',
  'alertLifecycle',
  'backup321',
  'backupJob',
  'restoreTest',
  'backupAnomaly',
  'predictLinear',
  'anomaly',
  'nis2',
  'gdpr',
  'escalation',
  'onCall',
  'tls',
];
