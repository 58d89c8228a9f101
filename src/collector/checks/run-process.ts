import {type ChildProcessByStdio, spawn} from 'node:child_process';
import type {Readable} from 'node:stream';
import type {DurationMs} from '../../domain/time.ts';
import {fileError} from '../../runtime/durable-file.ts';
import type {Timers} from '../../runtime/outside.ts';
import {OutputWindow} from './output-window.ts';

/** Bytes of output that are kept, half from its start, half from its end. Source: security rule 39. */
const KEPT_BYTES = 64 * 1024;
/** Of standard error, which only helps to find out why a program could not do its work. */
const KEPT_ERROR_BYTES = 4096;
/** A program that writes more than this is not going to say anything; it is killed. */
const MOST_BYTES = 1024 * 1024;
/** After the program itself has ended, for children that still hold its output; they are killed by then. */
const LINGER_MS: DurationMs = 250;
/** After SIGKILL, for a program that hangs in the kernel. It is left behind then: nothing can be done from here. */
const GIVE_UP_MS: DurationMs = 2000;

/** What may run: a program by its absolute path, never a shell. */
export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  /** The whole environment: nothing of ours is handed on. */
  readonly env: Readonly<Record<string, string>>;
  /** Whom it runs as, when we are root. */
  readonly user: {readonly uid: number; readonly gid: number} | null;
}

/** How a program ended. */
export interface Ended {
  readonly how: 'exit' | 'signal' | 'aborted' | 'flood' | 'failed';
  /** Exit code of `exit`. */
  readonly code: number | null;
  /** Signal of `signal`, error code of `failed`. */
  readonly detail: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** @throws What the system says but for ENOENT, EACCES and the like, which come as the event `error`. */
function start({path, args, env, user}: Program): Child {
  return spawn(path, args, {
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    shell: false,
    ...(user ?? {}),
  });
}

/**
 * Runs a program in a process group of its own, reads what it writes, and kills the whole group when `signal` is aborted, when it
 * floods, and when it leaves children behind. Source: security rule 39.
 */
export function runProgram(program: Program, signal: AbortSignal, timers: Timers): Promise<Ended> {
  return new Promise(resolve => {
    const stdout = new OutputWindow(KEPT_BYTES);
    const stderr = new OutputWindow(KEPT_ERROR_BYTES);
    let child: Child;
    try {
      child = start(program);
    } catch (error) {
      resolve({how: 'failed', code: null, detail: fileError(error) || null, stdout: '', stderr: ''});
      return;
    }
    let stoppedBy: 'aborted' | 'flood' | null = null;
    let isSettled = false;
    let cancelTimer = () => {};

    const killGroup = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The whole group has ended already.
      }
    };
    const settle = (ended: Omit<Ended, 'stdout' | 'stderr'>) => {
      if (isSettled) return;
      isSettled = true;
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({...ended, stdout: stdout.text(), stderr: stderr.text()});
    };
    const stop = (reason: 'aborted' | 'flood') => {
      stoppedBy ??= reason;
      killGroup();
      cancelTimer();
      cancelTimer = timers.after(GIVE_UP_MS, () => settle({how: reason, code: null, detail: null}));
    };
    const onAbort = () => stop('aborted');

    const keep = (window: OutputWindow) => (chunk: Buffer) => {
      window.push(chunk);
      if (window.size > MOST_BYTES && stoppedBy === null) stop('flood');
    };
    child.stdout.on('data', keep(stdout)).on('error', () => {});
    child.stderr.on('data', keep(stderr)).on('error', () => {});
    child.once('error', error => settle({how: 'failed', code: null, detail: fileError(error) || null}));
    child.once('exit', (code, name) => {
      killGroup();
      const ended = {how: stoppedBy ?? (code === null ? 'signal' : 'exit'), code, detail: name} as const;
      child.once('close', () => settle(ended));
      cancelTimer();
      cancelTimer = timers.after(LINGER_MS, () => settle(ended));
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, {once: true});
  });
}
