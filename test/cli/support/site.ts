import {writeFileSync} from 'node:fs';
import {OpenCollector} from '../../collector/support/open-collector.ts';
import type {VirtualOutside} from '../../support/clock.ts';
import {openShell, type TestShell} from './shell.ts';

/** A real collector and a technician's shell beside it. */
export interface Site extends AsyncDisposable {
  readonly collector: OpenCollector;
  readonly url: string;
  readonly shell: TestShell;
  /** Writes a token of that role into the home, and returns its file. */
  tokenFile(role: 'viewer' | 'technician' | 'admin' | 'ingest', name?: string, customers?: readonly string[]): string;
  /** Opens an alert and returns its short id. */
  alert(over?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function openSite(body?: string, outside?: VirtualOutside): Promise<Site> {
  const collector = await OpenCollector.start(body, outside);
  const url = `ws://127.0.0.1:${collector.port}`;
  const shell = openShell({NOCTURNE_URL: url}, collector.outside);
  const tokenFile: Site['tokenFile'] = (role, name = role, customers = []) => {
    const file = shell.home.file(`token-${name}`);
    writeFileSync(file, `${collector.token(role, customers.length === 0 ? null : customers, name)}\n`, {mode: 0o600});
    return file;
  };
  shell.env.NOCTURNE_TOKEN_FILE = tokenFile('technician', 'jana');
  const ingest = collector.token('ingest', null, 'upstream');
  let count = 0;
  return {
    collector,
    url,
    shell,
    tokenFile,
    async alert(over = {}) {
      count++;
      const body = {
        key: `alert-${count}`,
        status: 'firing',
        severity: 'critical',
        customer: 'mueller',
        host: `srv-${count}`,
        summary: `srv-${count} ist krank`,
        ...over,
      };
      const answer = await collector.ingest(ingest, body);
      if (answer.status !== 202) throw new Error(`ingest answered ${answer.status}: ${answer.text}`);
      const listed = await shell.run(['alerts', '--all', '--json', `host:${body.host}`]);
      return (listed.json as {alerts: {id: string}[]}).alerts[0]?.id ?? '';
    },
    async [Symbol.asyncDispose]() {
      shell[Symbol.dispose]();
      await collector[Symbol.asyncDispose]();
    },
  };
}
