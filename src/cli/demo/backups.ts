import {DAY, HOUR, type Instant, MINUTE, SECOND} from '../../domain/time.ts';
import {SOURCES, type WebhookMessage} from './payloads.ts';
import type {DemoHost, DemoWorld} from './world.ts';

/** What became of the backups of an object before anybody looked. */
type Story = 'good' | 'missed' | 'noOffsite' | 'failed' | 'massChange' | 'never';

/** The objects that are not well, by their place in the landscape: one of each kind. */
const STORIES: Readonly<Record<number, Story>> = {
  2: 'missed',
  9: 'noOffsite',
  17: 'failed',
  26: 'massChange',
  33: 'never',
};

/** One server nobody thought of: the gap that the pane shows. */
const FORGOTTEN = 5;
const NIGHTS = 14;
const EVENING_HOUR = 22;

interface Protected {
  readonly host: DemoHost;
  readonly story: Story;
}

function servers({hosts}: DemoWorld): readonly DemoHost[] {
  return hosts.filter(({kind}) => kind !== 'device');
}

function protectedOf(world: DemoWorld): readonly Protected[] {
  return servers(world)
    .filter((_, index) => index !== FORGOTTEN)
    .map((host, index) => ({host, story: STORIES[index] ?? 'good'}));
}

/**
 * The `backups:` section of the demo: every server but one with two copies, devices exempt.
 *
 * @param now - The job that is missed is due in the minute after this.
 */
export function demoBackups(world: DemoWorld, now: Instant): readonly object[] {
  const minute = (Math.floor(now / MINUTE) + 1) % 60;
  const exempt = world.hosts.filter(({kind}) => kind === 'device');
  return [
    ...protectedOf(world).map(({host: {host, customer, site, criticality}, story}) => ({
      customer,
      object: host,
      site,
      criticality,
      production: {device: host, media: 'primary', site},
      promise: criticality === 'A' ? '3-2-1-1-0' : '3-2-1',
      rpo: '26h',
      rto: '4h',
      jobs: [
        story === 'missed'
          ? {name: 'nachts', cron: `${minute} * * * *`, grace: '0s'}
          : {name: 'nachts', time: `${EVENING_HOUR}:00`},
      ],
      copies: [
        {name: 'NAS', device: `nas-${customer}`, media: 'nas', site, maxAge: '50h'},
        {name: 'CLOUD', device: 'objektspeicher', media: 'cloud', site: 'cloud', maxAge: '50h', immutable: true},
      ],
    })),
    ...exempt.map(({host, customer, site}) => ({customer, object: host, site, exempt: true})),
  ];
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** The last 22:00 whose runs are over, near enough for a demo in any zone of the country: no data is older than its promise. */
function lastEvening(now: Instant): Instant {
  const evening = (EVENING_HOUR - 1) * HOUR;
  return Math.floor((now - HOUR - evening) / DAY) * DAY + evening;
}

function runsOf({host, story}: Protected, place: number, now: Instant): readonly object[] {
  const size = (20 + ((place * 37) % 180)) * 1e9;
  return Array.from({length: NIGHTS}, (_, index) => {
    const isLast = index === NIGHTS - 1;
    const startedAt = lastEvening(now) - (NIGHTS - 1 - index) * DAY + place * SECOND;
    const minutes = 20 + ((place * 7 + index) % 9);
    const isFailed = story === 'failed' && isLast;
    const isStale = story === 'noOffsite' && index > NIGHTS - 5;
    const total = 40_000 + place * 100;
    return {
      customer: host.customer,
      object: host.host,
      job: 'nachts',
      tool: 'restic',
      id: `${host.host} ${index}`,
      result: isFailed ? 'failed' : 'success',
      startedAt: iso(startedAt),
      endedAt: iso(startedAt + minutes * MINUTE),
      bytesProcessed: Math.round(size * (1 + index / 200)),
      filesProcessed: total,
      filesChanged: story === 'massChange' && isLast ? Math.round(total * 0.8) : 200 + ((place + index) % 50),
      copies: isStale ? ['NAS'] : ['NAS', 'CLOUD'],
      exitCode: isFailed ? 1 : 0,
      ...(isFailed ? {errors: ['Fatal: unable to open repository: dial tcp: connection refused']} : {}),
    };
  });
}

/** Checks of both copies and a restore test, as old as they may be. */
function proofsOf({host: {host, customer}}: Protected, place: number, now: Instant): readonly object[] {
  const common = {customer, object: host, job: 'nachts'};
  return [
    {
      ...common,
      type: 'backup',
      kind: 'check',
      result: 'success',
      endedAt: iso(now - (2 + (place % 20)) * DAY),
      copies: ['NAS', 'CLOUD'],
    },
    {
      ...common,
      type: 'restore-test',
      result: 'passed',
      scope: place % 3 === 0 ? 'full' : 'file',
      rtoSeconds: (20 + ((place * 13) % 100)) * (MINUTE / SECOND),
      at: iso(now - (5 + ((place * 11) % 80)) * DAY),
      by: 'Mira',
      note: 'Hash und Anmeldung geprüft',
    },
  ];
}

/** What the tools reported in the fortnight before, one message an object, as the generic webhook takes it. */
export function demoBackupReports(world: DemoWorld, now: Instant): readonly WebhookMessage[] {
  return protectedOf(world)
    .map((one, place) => ({one, place}))
    .filter(({one}) => one.story !== 'never')
    .map(({one, place}) => ({
      source: SOURCES.scripts,
      contentType: 'application/json',
      // The newest first, so that no object looks overdue while its past is being told.
      body: [...runsOf(one, place, now).toReversed(), ...proofsOf(one, place, now)],
    }));
}
