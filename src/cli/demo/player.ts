import type {Clock, Timers} from '../../runtime/outside.ts';
import type {FaultReport, NightEvent, Strain} from './night.ts';
import {alertmanagerMessage, genericMessage, probeMessage, type ToTime, type WebhookMessage} from './payloads.ts';

/** Being late by more than this is a machine that slept: the night sleeps with it. */
const GAP_MS = 30_000;

/** Where the events of a night go. */
export interface Stagehands {
  /** Sends a message to the collector; its errors end the play. */
  readonly post: (message: WebhookMessage) => Promise<void>;
  readonly strain: (strain: Strain) => void;
  readonly onTrouble: (error: unknown) => void;
}

function faultMessage(report: FaultReport, time: ToTime): WebhookMessage {
  return report.fault.via === 'alertmanager' ? alertmanagerMessage(report, time) : genericMessage(report, time);
}

/**
 * Plays a night in real time, one event after the other, each message only after the one before it was taken.
 *
 * @returns `stop` ends the play; a message on its way is not waited for.
 */
export function playNight(
  events: Iterator<NightEvent>,
  {post, strain, onTrouble}: Stagehands,
  {clock, timers}: {readonly clock: Clock; readonly timers: Timers},
): {stop(): void} {
  let startMs = clock.now();
  let isStopped = false;
  let cancel = () => {};
  const time: ToTime = ms => new Date(startMs + ms).toISOString();

  async function play(event: NightEvent): Promise<void> {
    switch (event.type) {
      case 'report':
        return post(faultMessage(event, time));
      case 'pulse':
        return post(probeMessage(event));
      case 'strain':
        return strain(event);
      default:
        throw event satisfies never;
    }
  }

  function next(): void {
    const {value: event, done} = events.next();
    if (isStopped || done === true) return;
    const lateMs = clock.now() - (startMs + event.atMs);
    if (lateMs > GAP_MS) startMs += lateMs;
    cancel = timers.after(Math.max(0, -lateMs), () => {
      play(event).then(next, (error: unknown) => {
        if (!isStopped) onTrouble(error);
      });
    });
  }

  next();
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
