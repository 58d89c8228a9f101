import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const PORT = 19_593;

/** Runs `measure` against a real Alertmanager on loopback; null when it is not installed. */
export async function withAlertmanager<R>(measure: (url: string) => Promise<R>): Promise<R | null> {
  if (spawnSync('prometheus-alertmanager', ['--version']).status !== 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'nocturne-am-'));
  await writeFile(join(folder, 'am.yml'), 'route: {receiver: none}\nreceivers: [{name: none}]\n');
  const flags = [
    `--config.file=${folder}/am.yml`,
    `--storage.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${PORT}`,
  ];
  const child = spawn('prometheus-alertmanager', [...flags, '--cluster.listen-address='], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('alertmanager ended')));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('Listening on')) resolve();
      });
    });
    return await measure(`http://127.0.0.1:${PORT}`);
  } finally {
    // It writes its data down before it goes.
    const ended = child.exitCode === null ? once(child, 'exit') : null;
    child.kill('SIGTERM');
    await ended;
    await rm(folder, {recursive: true, force: true});
  }
}
