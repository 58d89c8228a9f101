import {execFile} from 'node:child_process';
import type {Timers} from '../runtime/outside.ts';

/** Node has no datagram sockets of the file system, so systemd's own program speaks for us; NotifyAccess=all lets it. */
const NOTIFY = '/usr/bin/systemd-notify';
const NOTIFY_TIMEOUT_MS = 5000;
const MICROSECONDS_PER_MS = 1000;

/** Speaks to the service manager that started this process. */
export interface ServiceManager {
  ready(): void;
  stopping(): void;
}

const NOBODY: ServiceManager = {ready: () => {}, stopping: () => {}};

/** Sends one word to the service manager; one that cannot be sent is nobody's harm. */
export type Notify = (word: string) => void;

export const notifySystemd: Notify = word => {
  execFile(NOTIFY, [word], {timeout: NOTIFY_TIMEOUT_MS}, () => {});
};

/**
 * Tells systemd that the collector is ready and, from then on and as often as it wants to know, that its event loop still
 * turns. Without systemd it says nothing.
 *
 * @param env - Where systemd leaves `NOTIFY_SOCKET` and `WATCHDOG_USEC`.
 */
export function serviceManager(
  env: Readonly<Record<string, string | undefined>>,
  timers: Timers,
  notify: Notify = notifySystemd,
): ServiceManager {
  if (env.NOTIFY_SOCKET === undefined) return NOBODY;
  const watchdogMs = Number(env.WATCHDOG_USEC ?? 0) / MICROSECONDS_PER_MS;
  let cancel = () => {};
  return {
    ready() {
      notify('READY=1');
      if (watchdogMs > 0) cancel = timers.every(watchdogMs / 3, () => notify('WATCHDOG=1'));
    },
    stopping() {
      cancel();
      notify('STOPPING=1');
    },
  };
}
