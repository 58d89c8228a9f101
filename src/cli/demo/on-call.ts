import {timeZone} from '../../domain/local-time/zone.ts';
import {DAY, HOUR, type Instant} from '../../domain/time.ts';

const ZONE = 'Europe/Berlin';
/** Layers began this long ago. */
const SINCE = 28 * DAY;

/** `2026-11-21T02:47` on the wall of the demo. */
function local(at: Instant): string {
  return new Date(timeZone(ZONE).toWall(at)).toISOString().slice(0, 16);
}

/**
 * The `onCall:` section of the demo: halves of the day for everybody, a week each above it, and one customer's own schedule that
 * has a hole tomorrow.
 */
export function demoOnCall(now: Instant): object {
  const start = local(now - SINCE).slice(0, 10);
  return {
    people: {
      jana: {name: 'Jana Berg', contact: '+49 171 5550101'},
      ben: {name: 'Ben Krüger', contact: '+49 171 5550102'},
      cagla: {name: 'Çağla Öztürk', contact: '+49 171 5550103'},
      uwe: {name: 'Uwe Groß', contact: '+49 171 5550104'},
    },
    schedules: [
      {
        id: 'technik',
        name: 'Technik',
        layers: [{rotation: '12h', start, handover: '08:00', people: ['jana', 'ben', 'cagla']}],
      },
      {
        id: 'leitung',
        name: 'Leitung',
        layers: [{rotation: 'weekly', start, handover: '09:00', people: ['uwe', 'jana']}],
      },
      {
        id: 'leitstelle',
        name: 'Leitstelle Stadtwerke',
        customers: ['fulda'],
        overrides: [
          {start: local(now - HOUR), end: local(now + 20 * HOUR), person: 'ben'},
          {start: local(now + 26 * HOUR), end: local(now + 30 * DAY), person: 'uwe'},
        ],
      },
    ],
  };
}
