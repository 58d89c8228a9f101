import {execFileSync, spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {type TemporaryFolder, temporaryFolder} from './temporary-folder.ts';

/**
 * Is a program that a test needs on this machine?
 *
 * @returns null when all are there, else the reason for skipping, which the test must print.
 * @throws {Error} where `NOCTURNE_E2E=required` (the gate): there a missing server is a failure.
 */
export function missingPrograms(...programs: readonly string[]): string | null {
  const missing = programs.filter(program => {
    try {
      execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], {stdio: 'ignore'});
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return null;
  const reason = `skipped: ${missing.join(', ')} not installed`;
  if (process.env.NOCTURNE_E2E === 'required') throw new Error(reason);
  return reason;
}

/** A real server on loopback, ended with the test. */
export interface RealServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts one on a port of its own choice, which it says when it has it. */
function start(program: string, args: readonly string[], folder: TemporaryFolder): Promise<RealServer> {
  const child = spawn(program, [...args, '--web.listen-address=127.0.0.1:0'], {stdio: ['ignore', 'ignore', 'pipe']});
  const exit = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const serverAt = (url: string): RealServer => ({
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exit;
      folder[Symbol.dispose]();
    },
  });
  return new Promise((resolve, reject) => {
    let log = '';
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`${program} ended with ${code}:\n${log}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4000);
      const [, address] = /Listening on" address=(127\.0\.0\.1:\d+)\n/.exec(log) ?? [];
      if (address !== undefined) resolve(serverAt(`http://${address}`));
    });
  });
}

/** Debian's prometheus-alertmanager, sending every group at once to `webhook`. */
export function startAlertmanager(webhook: string, token: string): Promise<RealServer> {
  const folder = temporaryFolder();
  writeFileSync(
    folder.file('am.yml'),
    `route: {receiver: nocturne, group_by: [alertname, tenant], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
receivers:
- name: nocturne
  webhook_configs: [{url: '${webhook}', send_resolved: true, http_config: {authorization: {credentials: '${token}'}}}]
`,
  );
  const flags = [`--config.file=${folder.file('am.yml')}`, `--storage.path=${folder.file('data')}`];
  return start('prometheus-alertmanager', [...flags, '--cluster.listen-address='], folder);
}

/** Debian's prometheus-node-exporter, of this very machine. */
export function startNodeExporter(): Promise<RealServer> {
  return start('prometheus-node-exporter', [], temporaryFolder());
}
