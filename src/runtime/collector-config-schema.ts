import * as v from 'valibot';
import {
  date,
  days,
  duration,
  flag,
  hours,
  httpUrl,
  id,
  land,
  localTime,
  MAX_NAME,
  percent,
  port,
  secret,
  section,
  target,
  text,
  time,
  windows,
} from './collector-config-fields.ts';

// Shape alone: defaults, references between sections and files are for collector-config-resolve.ts. Nothing is transformed
// here, so that the JSON schema for editors can be made from it.

const targets = section({response: v.optional(target), resolution: v.optional(target), update: v.optional(target)});

const calendar = section({
  timezone: v.optional(text),
  hours,
  /** `none`, or a Land other than the customer's. */
  holidays: v.optional(v.union([v.literal('none'), land], 'CONFIG_HOLIDAYS')),
  overrides: v.optional(v.record(date, windows)),
  closed: v.optional(v.array(date)),
});

const slaTier = section({
  hours: v.optional(hours),
  /** A name under `calendars`, instead of hours. */
  calendar: v.optional(id),
  priorities: section({
    P1: v.optional(targets),
    P2: v.optional(targets),
    P3: v.optional(targets),
    P4: v.optional(targets),
  }),
  availability: v.optional(percent),
  ackCountsAsResponse: v.optional(flag),
  /** Milder alerts are no incident and start no clock. */
  incidentThreshold: v.optional(v.picklist(['warning', 'unknown', 'critical'])),
});

const customer = section({
  id,
  name: v.optional(text),
  state: v.optional(land),
  catholicMunicipality: v.optional(flag),
  augsburg: v.optional(flag),
  timezone: v.optional(text),
  sla: v.optional(id),
  match: v.optional(v.array(section({label: v.optional(text), value: v.optional(text), host: v.optional(text)}))),
});

const source = section({
  name: id,
  type: text,
  customerLabel: v.optional(text),
  customer: v.optional(id),
  timezone: v.optional(text),
  expectEvery: v.optional(duration),
  allow: v.optional(v.array(text)),
  hmacKey: v.optional(v.union([secret, v.array(secret)], 'CONFIG_SECRET')),
  /** Of an Alertmanager: asked for what no webhook told. */
  api: v.optional(
    section({
      url: httpUrl,
      every: v.optional(duration),
      receiver: v.optional(text),
      token: v.optional(secret),
      ca: v.optional(text),
    }),
  ),
});

const place = {host: text, customer: id, site: v.optional(text)};

const probe = {
  ...place,
  service: v.optional(text),
  every: duration,
  retryEvery: v.optional(duration),
  timeout: v.optional(duration),
  maxAttempts: v.optional(
    v.pipe(v.number(), v.integer('CONFIG_COUNT'), v.minValue(1, 'CONFIG_COUNT'), v.maxValue(20, 'CONFIG_COUNT')),
  ),
  grace: v.optional(duration),
  runbook: v.optional(httpUrl),
};

const check = v.variant('type', [
  section({type: v.literal('ping'), ...probe, address: v.optional(text)}),
  section({type: v.literal('tcp'), ...probe, address: v.optional(text), port}),
  section({
    type: v.literal('http'),
    ...probe,
    url: httpUrl,
    expectStatus: v.optional(
      v.array(
        v.pipe(
          v.number(),
          v.integer('CONFIG_STATUS'),
          v.minValue(100, 'CONFIG_STATUS'),
          v.maxValue(599, 'CONFIG_STATUS'),
        ),
      ),
    ),
    expectText: v.optional(text),
    ca: v.optional(text),
  }),
  section({
    type: v.literal('tls'),
    ...probe,
    address: v.optional(text),
    port: v.optional(port),
    serverName: v.optional(text),
    ca: v.optional(text),
  }),
  section({
    type: v.literal('plugin'),
    ...probe,
    command: v.pipe(v.array(v.string()), v.minLength(1, 'CONFIG_COMMAND')),
  }),
  section({type: v.literal('heartbeat'), ...probe}),
]);

const threshold = section({warning: v.optional(v.nullable(percent)), critical: v.optional(v.nullable(percent))});

const exporter = section({
  ...place,
  type: v.picklist(['node', 'windows']),
  url: httpUrl,
  every: duration,
  timeout: v.optional(duration),
  thresholds: v.optional(
    section({cpu: v.optional(threshold), memory: v.optional(threshold), disk: v.optional(threshold)}),
  ),
});

const host = section({
  ...place,
  /** Each name is a group of its own; a list is a group of which one must be good. Source: DP-1. */
  parents: v.optional(v.array(v.union([text, v.pipe(v.array(text), v.nonEmpty('CONFIG_EMPTY'))], 'CONFIG_PARENTS'))),
  criticality: v.optional(v.picklist(['A', 'B', 'C'])),
});

const backupJob = section({
  name: text,
  /** Five fields as in crontab(5), or `time` and `days`; without either it runs when it likes. */
  cron: v.optional(text),
  time: v.optional(time),
  days: v.optional(days),
  grace: v.optional(duration),
  maxDuration: v.optional(duration),
  enabled: v.optional(flag),
  warningCounts: v.optional(flag),
});

const keepCount = v.pipe(
  v.number(),
  v.integer('CONFIG_KEEP'),
  v.minValue(1, 'CONFIG_KEEP'),
  v.maxValue(10_000, 'CONFIG_KEEP'),
);
const keepRules = section({
  last: v.optional(keepCount),
  hourly: v.optional(keepCount),
  daily: v.optional(keepCount),
  weekly: v.optional(keepCount),
  monthly: v.optional(keepCount),
  yearly: v.optional(keepCount),
});

const backupCopy = section({
  name: text,
  job: v.optional(text),
  device: text,
  media: text,
  site: v.optional(text),
  maxAge: v.optional(duration),
  /** What its tool keeps when it prunes, and how far back the contract wants to reach. Source: BK-8. */
  keep: v.optional(keepRules),
  reach: v.optional(duration),
  immutable: v.optional(flag),
  offline: v.optional(flag),
});

const backup = section({
  customer: id,
  object: text,
  /** Needs no backup by agreement; nothing else is said of it then. */
  exempt: v.optional(flag),
  /** Host of its alerts, where it is called otherwise. */
  host: v.optional(text),
  site: v.optional(text),
  criticality: v.optional(v.picklist(['A', 'B', 'C'])),
  production: v.optional(section({device: text, media: v.optional(text), site: v.optional(text)})),
  promise: v.optional(v.picklist(['3-2-1', '3-2-1-1-0'])),
  rpo: v.optional(duration),
  rto: v.optional(duration),
  restoreTestMonths: v.optional(
    v.pipe(v.number(), v.integer('CONFIG_MONTHS'), v.minValue(1, 'CONFIG_MONTHS'), v.maxValue(24, 'CONFIG_MONTHS')),
  ),
  timezone: v.optional(text),
  jobs: v.optional(v.pipe(v.array(backupJob), v.maxLength(12, 'CONFIG_MANY'))),
  copies: v.optional(v.pipe(v.array(backupCopy), v.maxLength(8, 'CONFIG_MANY'))),
});

const personName = v.pipe(v.string(), v.nonEmpty('CONFIG_EMPTY'), v.maxLength(MAX_NAME, 'CONFIG_LONG'));
const person = section({name: personName, contact: v.optional(personName)});

const onCallLayer = section({
  rotation: v.pipe(v.string(), v.regex(/^(?:daily|weekly|[1-9]\d?[hdw])$/, 'CONFIG_ROTATION')),
  /** Day and time of the first handover; before it the layer has nobody. */
  start: date,
  handover: time,
  people: v.pipe(v.array(id), v.nonEmpty('CONFIG_EMPTY'), v.maxLength(50, 'CONFIG_MANY')),
});

const onCallSchedule = section({
  id,
  name: v.optional(personName),
  timezone: v.optional(text),
  customers: v.optional(
    v.union([v.literal('all'), v.pipe(v.array(id), v.nonEmpty('CONFIG_EMPTY'))], 'CONFIG_ON_CALL_CUSTOMERS'),
  ),
  /** The lowest first: a later one wins where it has anybody. Source: OC-5. */
  layers: v.optional(v.pipe(v.array(onCallLayer), v.maxLength(8, 'CONFIG_MANY'))),
  overrides: v.optional(
    v.pipe(v.array(section({start: localTime, end: localTime, person: id})), v.maxLength(366, 'CONFIG_MANY')),
  ),
});

/** What stands in a collector's configuration file, as contract.md shows it. */
export const collectorConfigSchema = section({
  collector: section({
    name: id,
    tag: v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,2}$/, 'CONFIG_TAG'))),
    listen: v.optional(text),
    data: v.optional(text),
    tls: v.optional(section({cert: text, key: text})),
    behindProxy: v.optional(flag),
    pluginDirs: v.optional(v.array(text)),
    pluginUser: v.optional(text),
    reopenWindow: v.optional(duration),
    clearGrace: v.optional(duration),
    keepClosed: v.optional(duration),
  }),
  customers: v.optional(v.array(customer)),
  calendars: v.optional(v.record(id, calendar)),
  slaTiers: v.optional(v.record(id, slaTier)),
  hosts: v.optional(v.array(host)),
  sources: v.optional(v.array(source)),
  checks: v.optional(v.array(check)),
  exporters: v.optional(v.array(exporter)),
  backups: v.optional(v.array(backup)),
  onCall: v.optional(
    section({
      people: v.optional(v.record(id, person)),
      schedules: v.optional(v.pipe(v.array(onCallSchedule), v.maxLength(50, 'CONFIG_MANY'))),
    }),
  ),
});

export type WrittenConfig = v.InferOutput<typeof collectorConfigSchema>;
