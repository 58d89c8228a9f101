import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {openSite} from '../cli/support/site.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const INPUT_BYTES = 50 * 1024 * 1024;

/** What reading a long night of progress costs `nocturne report backup`. */
export interface BackupFigures {
  readonly inputMiB: number;
  /** Resident memory of the whole process at its highest, with input and without any. */
  readonly peakMiB: number;
  readonly idleMiB: number;
  readonly seconds: number;
}

const STATUS = `${JSON.stringify({
  message_type: 'status',
  percent_done: 0.4684432130668514,
  total_files: 70_123,
  files_done: 33_333,
  total_bytes: 120_000_000_018,
  bytes_done: 56_213_194_000,
  current_files: ['/data/shares/Büro/läuft.pst', '/data/shares/file4.bin'],
})}\n`;

const SUMMARY = `${JSON.stringify({
  message_type: 'summary',
  files_new: 3,
  files_changed: 4,
  data_added: 120_008_150,
  data_added_packed: 60_013_242,
  total_files_processed: 70_123,
  total_bytes_processed: 120_000_000_018,
  total_duration: 1716.6,
  snapshot_id: 'ec935a8d',
})}\n`;

/** Peak of what the kernel says the process had in memory; it is gone with the process, so it is asked for all along. */
function watchPeak({pid}: ChildProcess): () => number {
  let peak = 0;
  const look = () => {
    try {
      const high = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      peak = Math.max(peak, Number(high ?? 0) / 1024);
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    return Math.round(peak);
  };
}

async function reportOnce(url: string, tokenFile: string, bytes: number): Promise<{peakMiB: number; seconds: number}> {
  const args = [
    'report',
    'backup',
    '--format',
    'restic',
    '--customer',
    'mueller',
    '--object',
    'fs-01',
    '--job',
    'bench',
  ];
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, ...args, '--url', url, '--token-file', tokenFile], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const stop = watchPeak(child);
  const chunk = STATUS.repeat(Math.ceil(65_536 / STATUS.length));
  for (let sent = 0; sent < bytes; sent += chunk.length) {
    if (!child.stdin.write(chunk)) await new Promise(resolve => child.stdin.once('drain', resolve));
  }
  child.stdin.end(SUMMARY);
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  if (code !== 0) throw new Error(`report backup ended with ${code}`);
  return {peakMiB: stop(), seconds: Math.round(performance.now() - started) / 1000};
}

/** 50 MB of restic's progress lines through `nocturne report backup`, on a real pipe to a real collector. */
export async function benchBackup(): Promise<BackupFigures> {
  await using site = await openSite();
  const tokenFile = site.tokenFile('ingest');
  const idle = await reportOnce(site.url, tokenFile, 0);
  const full = await reportOnce(site.url, tokenFile, INPUT_BYTES);
  return {inputMiB: INPUT_BYTES / 1024 / 1024, peakMiB: full.peakMiB, idleMiB: idle.peakMiB, seconds: full.seconds};
}
