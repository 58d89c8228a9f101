import type {TerminalOutput} from '../../src/runtime/terminal-output.ts';
import {PROBE, PROBE_ANSWER} from '../../src/runtime/terminal-writer/flow.ts';

/** A line to a terminal that reads when it is told, and whose answers come back when they are told. */
export interface HeldLine {
  /** Where the line begins; what the terminal reads goes to `arrive`. */
  lead(arrive: (bytes: string) => void): TerminalOutput;
  /** The terminal reads on, so many characters at most. */
  read(most?: number): void;
  /** What it has answered since, to be typed or lost. */
  takeAnswers(): string;
}

/** Opens one that holds everything back; its buffer takes `room` characters before the program has to wait. */
export function openHeldLine(room = Number.POSITIVE_INFINITY): HeldLine {
  let [waiting, buffered, unseen, answers] = ['', '', '', ''];
  let arrive: (bytes: string) => void = () => {};
  const listeners: (() => void)[] = [];
  const buffer = (): void => {
    const isWaiting = waiting !== '';
    const taken = Math.max(0, room - buffered.length);
    buffered += waiting.slice(0, taken);
    waiting = waiting.slice(taken);
    if (isWaiting && waiting === '') for (const listener of listeners) listener();
  };
  return {
    lead(to) {
      arrive = to;
      return {
        write(bytes) {
          waiting += bytes;
          buffer();
        },
        get isIdle() {
          return waiting === '';
        },
        onIdle: listener => void listeners.push(listener),
        writeLast: to,
        close() {},
      };
    },
    read(most = Number.POSITIVE_INFINITY) {
      let bytes = '';
      while (buffered !== '' && bytes.length < most) {
        const taken = buffered.slice(0, most - bytes.length);
        buffered = buffered.slice(taken.length);
        bytes += taken;
        buffer();
      }
      arrive(bytes);
      // A question may come in two pieces; what is before its last character belongs to no other.
      unseen += bytes;
      const pieces = unseen.split(PROBE);
      answers += PROBE_ANSWER.repeat(pieces.length - 1);
      unseen = (pieces.at(-1) ?? '').slice(-(PROBE.length - 1));
    },
    takeAnswers() {
      const taken = answers;
      answers = '';
      return taken;
    },
  };
}
