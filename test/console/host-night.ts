import {type HostKey, hostKey} from '../../src/domain/address.ts';
import {judgeFill} from '../../src/domain/forecast/fill-forecast.ts';
import {HOUR, SECOND} from '../../src/domain/time.ts';
import {text} from '../support/frames.ts';
import {busyNight, type Night, sampleOf} from './night.ts';

export const DB: HostKey = hostKey({customer: 'mueller', site: '', host: 'srv-db-01'});

const HOUR_SECONDS = HOUR / SECOND;

/** `percentAt(share)` of the time shown, null between the shares of the gap. */
function course(points: number, percentAt: (share: number) => number, gap: readonly [number, number] = [2, 2]) {
  return Array.from({length: points}, (_, index) => {
    const share = index / (points - 1);
    return share >= gap[0] && share <= gap[1] ? null : percentAt(share);
  });
}

/**
 * The night of the sketch, in which the collectors know how their hosts fared: the database of Müller with a peak of its cpu, twenty
 * minutes unheard, `/var` that fills and `/srv` of which nothing can be said; two hosts behind a switch in Kassel.
 */
export function chartedNight(): Night {
  const night = busyNight();
  const {outside, noc} = night;
  const now = outside.clock.now();
  const sample = sampleOf(now - 5 * SECOND, 34, 81, 97);
  noc.sample('berlin', DB, {
    ...sample,
    latencyMs: 1.4,
    temperatureCelsius: 51,
    disks: [...sample.disks, {mount: text('/srv'), usedPercent: 88, sizeBytes: 1e12}],
  });
  noc.append(
    'berlin',
    [
      {type: 'host.defined', customer: 'mueller', site: '', host: 'app-01', parents: [['srv-db-01']], criticality: 'B'},
      {type: 'host.defined', customer: 'mueller', site: '', host: 'app-02', parents: [['app-01']], criticality: 'B'},
      {type: 'host.defined', customer: 'mueller', site: '', host: 'srv-db-01', parents: [['fw-01']], criticality: 'A'},
    ],
    {at: now - HOUR},
  );
  noc.change('berlin', {heardAt: now - 2 * SECOND});
  const week = Array.from({length: 100}, (_, index) => ({
    at: now / SECOND - (99 - index) * HOUR_SECONDS,
    value: 97 - 0.5 * (99 - index) * 0.99,
  }));
  noc.history = async (_, host, spanMs, points) => ({
    t: 'history',
    id: 1,
    host,
    stepMs: spanMs / points,
    until: outside.clock.now(),
    series: {
      cpu: course(points, share => 20 + 70 * Math.exp(-(((share - 0.4) * 12) ** 2)) + 14 * share, [0.6, 0.8]),
      memory: course(points, share => 70 + 11 * share),
      disk: course(points, share => 90 + 7 * share),
      load: course(points, () => 0.7),
      latency: course(points, share => 0.6 + 0.8 * Math.abs(Math.sin(share * 9))),
    },
    disks:
      host === DB
        ? [
            {
              mount: text('/var'),
              values: course(points, share => 90 + 7 * share),
              forecast: judgeFill(week, now / SECOND),
            },
            {
              mount: text('/srv'),
              values: course(points, share => 85 + 6 * Math.sin(share * 40)),
              forecast: {type: 'none', reason: 'unsteady', samples: 100, spanSeconds: 99 * HOUR_SECONDS},
            },
            {
              mount: text('/'),
              values: course(points, () => 77),
              forecast: {type: 'none', reason: 'notFull', samples: 100, spanSeconds: 99 * HOUR_SECONDS},
            },
          ]
        : [],
    limits: {
      cpu: {warning: 80, critical: 95},
      memory: {warning: 85, critical: 95},
      disk: {warning: 85, critical: 95},
    },
  });
  return night;
}
