import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {CollectorProcess, TWO_CUSTOMERS} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {nocturne} from '../support/nocturne.ts';
import {missingPrograms, startAlertmanager, startNodeExporter} from '../support/real-servers.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminal} from '../support/terminal.ts';

const reason = missingPrograms('prometheus-alertmanager', 'amtool', 'prometheus-node-exporter', 'tmux');
const launcher = new URL('../../bin/nocturne', import.meta.url).pathname;

/** This machine is busy with tests: its own figures are shown, and raise nothing. */
const QUIET = '{warning: null, critical: null}';

test.skipIf(reason !== null)(
  `a real alert reaches two consoles, and the acknowledgement comes back ${reason ?? ''}`,
  {timeout: 240_000},
  async () => {
    await using exporter = await startNodeExporter();
    await using collector = await CollectorProcess.start(`${TWO_CUSTOMERS}
exporters:
  - {host: srv-db-01, customer: mueller, type: node, url: "${exporter.url}/metrics", every: 1s, thresholds: {cpu: ${QUIET}, memory: ${QUIET}, disk: ${QUIET}}}
`);
    await using alertmanager = await startAlertmanager(
      `${collector.http}/v1/ingest/alertmanager`,
      await collector.token('ingest'),
    );
    const jana = {NOCTURNE_URL: collector.url, NOCTURNE_TOKEN: await collector.token('technician', 'jana')};
    const ben = {NOCTURNE_URL: collector.url, NOCTURNE_TOKEN: await collector.token('technician', 'ben')};
    using home = temporaryFolder();
    const env = {
      ...homeIn(home.path),
      LANG: 'de_DE.UTF-8',
    };
    const console = (who: Record<string, string>) =>
      openTerminal({command: [launcher, 'console', '--lang', 'de'], env: {...env, ...who}, columns: 100, rows: 30});

    await using first = await console(jana);
    await using second = await console(ben);
    await first.see('Keine offenen Alarme');
    await second.see('Keine offenen Alarme');

    const labels = [
      'alertname=DiskFull',
      'tenant=mueller',
      'instance=srv-db-01:9100',
      'severity=critical',
      'mountpoint=/var',
    ];
    const amtool = (...args: readonly string[]) =>
      execFileSync('amtool', [`--alertmanager.url=${alertmanager.url}`, 'alert', 'add', ...labels, ...args]);
    amtool('--annotation=summary=Platte /var 97 %');
    await first.see(/KRIT.*Müller.*srv-db-01.*Platte \/var 97/);
    await second.see(/KRIT.*Müller.*srv-db-01/);

    await first.press('a');
    await first.see(/jana ✓/);
    await second.see(/jana ✓/);

    const {stdout} = await nocturne(['alerts', '--json'], {env: {...env, ...ben}});
    const [alert] = JSON.parse(stdout).alerts;
    expect(alert).toMatchObject({
      customer: 'mueller',
      host: 'srv-db-01',
      severity: 'critical',
      state: 'acked',
      acked: {by: 'jana'},
    });

    const again = await nocturne(['ack', alert.id], {env: {...env, ...ben}});
    expect(again.code).toBe(4);
    expect(again.stdout + again.stderr).toContain('jana');

    const {stdout: hosts} = await nocturne(['hosts', '--json'], {env: {...env, ...ben}});
    const [host] = JSON.parse(hosts).hosts;
    expect(host).toMatchObject({host: 'srv-db-01', customer: 'mueller', stale: false});
    expect(host.metrics.memoryPercent).toBeGreaterThan(0);

    amtool(`--end=${new Date().toISOString()}`);
    await first.lose(/KRIT.*srv-db-01/);
    await second.lose(/KRIT.*srv-db-01/);
    const {stdout: ended} = await nocturne(['alerts', '--all', '--json'], {env: {...env, ...ben}});
    expect(JSON.parse(ended).alerts[0]).toMatchObject({id: alert.id, state: 'resolved', acked: null});

    await first.press('q');
    expect(await first.exit()).toBe(0);
    expect(await first.ask('#{alternate_on}')).toBe('0');
  },
);

test.skipIf(reason === null)('the reason why the end-to-end test was skipped is said', () => {
  process.stdout.write(`main-job: ${reason}\n`);
});
