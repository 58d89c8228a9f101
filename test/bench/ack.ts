import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {CollectorProcess} from '../support/collector-process.ts';
import {withAlertmanager} from './alertmanager-process.ts';
import {round, spread} from './spread.ts';

const run = promisify(execFile);
const RUNS = 25;
const launcher = new URL('../../bin/nocturne', import.meta.url).pathname;

async function wallMs(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  await run(program, args, {env});
  return performance.now() - begun;
}

/** `nocturne ack` as typed, through the launcher, beside an empty Node and `amtool silence add`; runs take turns. */
export async function benchAck() {
  await using collector = await CollectorProcess.start();
  const home = await mkdtemp(join(tmpdir(), 'nocturne-home-'));
  const tokenFile = join(home, 'token');
  await writeFile(tokenFile, await collector.token('technician', 'jana'), {mode: 0o600});
  const ingest = await collector.token('ingest');
  for (let number = 0; number <= RUNS; number++) {
    const answer = await fetch(`${collector.http}/v1/ingest/custom`, {
      method: 'POST',
      headers: {authorization: `Bearer ${ingest}`, 'content-type': 'application/json'},
      body: JSON.stringify({
        key: `disk-${number}`,
        status: 'firing',
        severity: 'critical',
        customer: 'mueller',
        host: `srv-${number}`,
        summary: 'Platte voll',
      }),
    });
    if (answer.status !== 202) throw new Error(`ingest answered ${answer.status}`);
  }
  const env = {
    ...process.env,
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    NOCTURNE_URL: collector.url,
    NOCTURNE_TOKEN_FILE: tokenFile,
  };
  const {stdout} = await run(launcher, ['alerts', '--json'], {env});
  const ids: string[] = JSON.parse(stdout).alerts.map((alert: {id: string}) => alert.id);
  const warm = ids.pop();
  if (warm !== undefined) await wallMs(launcher, ['ack', warm], env);

  const node: number[] = [];
  const ours: number[] = [];
  const theirs: number[] = [];
  const turns = async (peer: string | null) => {
    for (const id of ids) {
      node.push(await wallMs(process.execPath, ['-e', '0'], env));
      ours.push(await wallMs(launcher, ['ack', id], env));
      if (peer !== null) {
        theirs.push(
          await wallMs(
            'amtool',
            [`--alertmanager.url=${peer}`, 'silence', 'add', `alertname=${id}`, '--comment=x'],
            env,
          ),
        );
      }
    }
    return true;
  };
  if ((await withAlertmanager(turns)) === null) await turns(null);
  await rm(home, {recursive: true, force: true});
  const own = spread(ours);
  const empty = spread(node);
  const amtool = theirs.length === 0 ? null : spread(theirs);
  return {
    wallMs: own.median,
    wallMsRuns: own,
    ratioToNode: round(own.median / empty.median),
    nodeRuns: empty,
    ratioToAmtool: amtool === null ? null : round(own.median / amtool.median),
    amtoolRuns: amtool,
    ...(amtool === null ? {reason: 'prometheus-alertmanager is not installed'} : {}),
  };
}
