import {fingerprint} from '../../src/domain/address.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {MINUTE} from '../../src/domain/time.ts';
import {type Night, raised, type Trouble} from './night.ts';
import {slaNight} from './sla-night.ts';

/** An alert that opens an incident. */
export function opensIncident(trouble: Trouble): readonly DomainEvent[] {
  const {n, customer, host, service = '', site = ''} = trouble;
  const cause = fingerprint({customer, site, host, service});
  return [raised(trouble), {type: 'incident.opened', incident: occurrenceId(n), site, cause, priority: 'P2'}];
}

/** An alert that joins the incident which the alert `into` opened. */
export function joinsIncident(trouble: Trouble, into: number): readonly DomainEvent[] {
  const [incident, alert] = [occurrenceId(into), occurrenceId(trouble.n)];
  return [raised(trouble), {type: 'incident.joined', incident, alert, because: 'sameCheck'}];
}

/** The lives of the incident on three hosts. */
export const DNS = [11, 12, 13] as const;

/**
 * The night of promises, with an incident on three hosts, and five checkouts behind the firewall that is down. Of its rows the first
 * is two alerts of one host, the second the firewall, the third the three hosts.
 */
export function foldNight(): Night {
  const night = slaNight();
  const {noc, outside} = night;
  const now = outside.clock.now();
  const ago = (minutes: number, customer: string) => ({at: now - minutes * MINUTE, customer});
  const dns = (n: number): Trouble => ({
    n,
    customer: 'baecker',
    host: `web-0${n - 10}`,
    service: 'dns',
    summary: 'DNS antwortet nicht',
    severity: n === 13 ? 'warning' : 'critical',
  });
  noc.append('berlin', opensIncident(dns(11)), ago(7, 'baecker'));
  noc.append('berlin', [...joinsIncident(dns(12), 11), ...joinsIncident(dns(13), 11)], ago(6, 'baecker'));
  noc.append(
    'berlin',
    Array.from({length: 5}, (_, index) =>
      raised({
        n: 20 + index,
        customer: 'baecker',
        site: 'Kassel',
        host: `pos-0${index + 1}`,
        summary: 'nicht erreichbar',
        suppressed: ['unreachable'],
        under: 3,
      }),
    ),
    ago(5, 'baecker'),
  );
  return night;
}
