import type {TerminalOutput} from '../../src/runtime/terminal-output.ts';

/** A terminal that a test reads: keeps what is written, and can be told not to take any more. */
export interface CapturingOutput extends TerminalOutput {
  /** What came since the last call. */
  take(): string;
  /** While stalled, it is not idle; when it ends, whoever waits is told. */
  setStalled(isStalled: boolean): void;
}

export function capturingOutput(): CapturingOutput {
  const listeners: (() => void)[] = [];
  let captured = '';
  let isStalled = false;
  return {
    write(bytes) {
      captured += bytes;
    },
    get isIdle() {
      return !isStalled;
    },
    onIdle: listener => void listeners.push(listener),
    writeLast(bytes) {
      captured += bytes;
    },
    close() {},
    take() {
      const bytes = captured;
      captured = '';
      return bytes;
    },
    setStalled(next) {
      isStalled = next;
      if (!next) for (const listener of listeners) listener();
    },
  };
}
