import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {Fault} from '../../domain/fault.ts';
import type {Timers} from '../../runtime/outside.ts';
import {safeText} from '../../runtime/safe-text.ts';

/** A collector takes less than a second; this is for a machine that is very busy. */
const READY_MS = 30_000;
/** It drains and saves a snapshot; after this it is ended. */
const STOP_MS = 4000;
/** Last words of its log that are kept for the case that it ends by itself. */
const KEPT_LOG = 2000;

/** A collector in a process of its own. */
export interface CollectorChild {
  /** `ws://127.0.0.1:PORT`, once it is ready. Rejects with a `Fault` `DEMO_COLLECTOR` and the end of its log when it does not become so. */
  readonly ready: Promise<string>;
  /** Resolves when it has ended by itself, with the reason. */
  readonly ended: Promise<Fault>;
  stop(): Promise<void>;
}

/**
 * Starts `nocturne collector` with the program that runs now.
 *
 * @param program - Node and its script.
 */
export function startCollectorChild(program: readonly string[], configFile: string, timers: Timers): CollectorChild {
  const [node = process.execPath, ...script] = program;
  // A group of its own: Ctrl-C and Ctrl-Z in the terminal are for the console.
  const child = spawn(node, [...script, 'collector', '--config', configFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-KEPT_LOG);
  });
  const ended = new Promise<Fault>(resolve => {
    const end = (reason: string) => {
      const words = safeText(log.trim().split('\n').at(-1) ?? '');
      resolve(new Fault('DEMO_COLLECTOR', `the demo's collector ended (${reason}): ${words}`, {reason, words}));
    };
    child.once('error', error => end(error.message));
    child.once('exit', (code, signal) => end(signal ?? `${code}`));
  });
  const ready = new Promise<string>((resolve, reject) => {
    const late = new Fault('DEMO_COLLECTOR', "the demo's collector does not start", {reason: 'time-out', words: ''});
    const cancel = timers.after(READY_MS, () => reject(late));
    createInterface({input: child.stdout}).on('line', line => {
      const url = /^listening on (ws:\/\/\S+)$/.exec(line)?.[1];
      if (url === undefined) return;
      cancel();
      resolve(url);
    });
    void ended.then(fault => {
      cancel();
      reject(fault);
    });
  });
  return {
    ready,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const cancel = timers.after(STOP_MS, () => child.kill('SIGKILL'));
      await ended;
      cancel();
    },
  };
}
