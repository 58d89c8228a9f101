import {describe, expect, test} from 'vitest';
import {networkFault} from '../../src/collector/checks/network-fault.ts';
import {pingOutcome} from '../../src/collector/checks/run-ping.ts';
import {certificateOutcome} from '../../src/collector/checks/run-tls.ts';
import {hostChecks} from '../../src/collector/exporters/host-checks.ts';
import {DAY} from '../../src/domain/time.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';
import {checkText} from '../../src/view/check-text.ts';
import {NIGHT} from '../support/clock.ts';

const [de, en] = [createTranslate('de'), createTranslate('en')];
const THRESHOLDS = {
  cpu: {warning: 90, critical: null},
  memory: {warning: 90, critical: 95},
  disk: {warning: 80, critical: 90},
};

const facts = {
  cpu: new Map(),
  cores: 4,
  load: [0.5, 1.25, 2] as const,
  memoryPercent: 92.4,
  fileSystems: [
    {mount: '/var lib', usedPercent: 97, sizeBytes: 250 * 1024 ** 3, isReadOnly: false},
    {mount: 'C:', usedPercent: 9.54, sizeBytes: 12.5 * 1024 ** 3, isReadOnly: true},
  ],
  uptimeSeconds: 90_000,
  temperatureCelsius: null,
};
const scraped = [
  ...hostChecks(facts, 3.25, THRESHOLDS),
  ...hostChecks({...facts, cores: null, uptimeSeconds: 7200}, 88, THRESHOLDS),
  ...hostChecks({...facts, uptimeSeconds: 120}, null, THRESHOLDS),
].map(check => check.outcome);

const ended = {how: 'exit', code: 0, detail: null, stdout: '', stderr: ''} as const;
const pinged = [
  pingOutcome({...ended, stdout: '64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.042 ms'}),
  pingOutcome(ended),
  pingOutcome({...ended, code: 1}),
];

const day = (days: number): string => new Date(NIGHT + days * DAY).toISOString();
const certificates = [
  [-30, -1],
  [1, 30],
  [-30, 6],
  [-30, 90],
].map(([from = 0, to = 0]) => certificateOutcome({valid_from: day(from), valid_to: day(to)}, NIGHT));

const refused = [
  'ECONNREFUSED ECONNRESET EPIPE ERR_STREAM_PREMATURE_CLOSE EHOSTUNREACH ENETUNREACH EHOSTDOWN ETIMEDOUT CONNECT_TIMEOUT ENOTFOUND EAI_AGAIN',
  'HPE_INVALID_CONSTANT HPE_INVALID_VERSION EPROTO ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_UNSUPPORTED_PROTOCOL',
  'CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REVOKED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID EWHATEVER',
]
  .join(' ')
  .split(' ')
  .map(code => networkFault(Object.assign(new Error(), {code})));

const said = [...scraped, ...pinged, ...certificates, ...refused, networkFault(new Error('no code'))].map(
  ({output}) => output,
);

describe('what our own checks say', () => {
  test.each(said)('%s is the same in English and another in German', text => {
    expect(checkText(text, en)).toBe(text);
    expect(checkText(text, de)).toEqual(expect.any(String));
    expect(checkText(text, de)).not.toBe(text);
  });

  test('in German it is what a technician would write', () => {
    expect([...scraped.slice(0, 6), ...pinged, ...certificates].map(({output}) => checkText(output, de))).toEqual([
      'CPU 3,3 %, 4 Kerne',
      'Arbeitsspeicher 92 %',
      'Platte /var lib 97 % von 250,0 GiB',
      'Platte C: 9,5 % von 12,5 GiB, nur lesbar',
      'Last 0,50 1,25 2,00, 4 Kerne',
      'läuft seit 1 T',
      'antwortet in 0,042 ms',
      'antwortet',
      'keine Antwort',
      'Zertifikat abgelaufen am 2026-11-20',
      'Zertifikat noch nicht gültig',
      'Zertifikat noch 6 T gültig, bis 2026-11-27',
      'Zertifikat noch 90 T gültig, bis 2027-02-19',
    ]);
    expect(checkText('no answer within 2.5 s', de)).toBe('keine Antwort in 2,5 s');
    expect(checkText('connected to port 443 in 12 ms', de)).toBe('Port 443 nimmt an in 12 ms');
    expect(checkText('HTTP 200 OK, expected text not found in > 262144 B', de)).toBe(
      'HTTP 200 OK, erwarteter Text fehlt in > 262144 B',
    );
  });

  test.each([
    'RAID degradiert, Platte 4 ausgefallen',
    'DISK CRITICAL - /var 97 %',
    'disk full',
    'no answer from the helpdesk',
    'HTTP 200 OK, 12 B in 3 ms',
    'constructor',
    '',
  ])('%j is not ours and stays as it is', text => {
    expect(checkText(text, de)).toBeNull();
  });
});
