import type {Dial, Socket, SocketEnd, SocketEvents, Target} from '../../src/client/socket.ts';
import type {ClientFrame, ServerFrame} from '../../src/protocol/frames.ts';

/** One connection that a client has opened, from the collector's end. */
export interface Call {
  readonly target: Target;
  /** What the client sent, oldest first. */
  readonly sent: readonly ClientFrame[];
  readonly isPaused: boolean;
  /** The client has closed or terminated it. */
  readonly isOver: boolean;
  accept(): void;
  say(...frames: readonly ServerFrame[]): void;
  text(text: string): void;
  ping(): void;
  end(end: SocketEnd): void;
}

/** A telephone line without a network: the test is the collector at its other end. */
export interface Line {
  readonly dial: Dial;
  readonly calls: readonly Call[];
  /** The newest call; throws when there is none. */
  readonly call: Call;
}

/** @param answer - Hears each frame that the client sends, and the start of each call with `null`. */
export function openLine(answer: (call: Call, frame: ClientFrame | null) => void = () => {}): Line {
  const calls: Call[] = [];
  return {
    calls,
    get call() {
      const newest = calls.at(-1);
      if (newest === undefined) throw new Error('nobody has called yet');
      return newest;
    },
    dial(target, events) {
      const {call, socket} = connect(target, events, answer);
      calls.push(call);
      answer(call, null);
      return socket;
    },
  };
}

function connect(
  target: Target,
  events: SocketEvents,
  answer: (call: Call, frame: ClientFrame) => void,
): {call: Call; socket: Socket} {
  const sent: ClientFrame[] = [];
  let isOver = false;
  let isPaused = false;
  const call: Call = {
    target,
    sent,
    get isPaused() {
      return isPaused;
    },
    get isOver() {
      return isOver;
    },
    accept: () => events.onOpen(),
    say: (...frames) => {
      for (const frame of frames) events.onText(JSON.stringify(frame));
    },
    text: text => events.onText(text),
    ping: () => events.onPing(),
    end: end => events.onEnd(end),
  };
  return {
    call,
    socket: {
      send: text => {
        const frame = JSON.parse(text) as ClientFrame;
        sent.push(frame);
        answer(call, frame);
      },
      setPaused: value => {
        isPaused = value;
      },
      close: () => {
        isOver = true;
      },
      terminate: () => {
        isOver = true;
      },
    },
  };
}
