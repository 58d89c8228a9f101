import {Unicode11Addon} from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';

/** One cell as a terminal shows it: `width` is 0 in the second half of a wide character. */
export interface ScreenCell {
  readonly text: string;
  readonly width: number;
  /** Colours and attributes, equal strings for equal looks. */
  readonly style: string;
}

/** A real terminal emulator without a screen: what was written becomes cells that a test can read. */
export interface HeadlessTerminal extends Disposable {
  readonly columns: number;
  readonly rows: number;
  /** Takes bytes as a terminal does; resolves when they are on the screen. */
  write(data: string | Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Rows of the screen from the top, without the blanks at their ends. */
  lines(): string[];
  /** Cells of a row up to the last that was written to. */
  endOf(row: number): number;
  cells(): ScreenCell[][];
  cursor(): {readonly column: number; readonly row: number; readonly isHidden: boolean};
  modes(): {readonly bracketedPaste: boolean; readonly synchronized: boolean; readonly wraparound: boolean};
  title(): string;
  /** Everything that the terminal answered (reports it was asked for, or tricked into). */
  replies(): string;
  /** Calls with each answer, for a program that waits for it. */
  onReply(listener: (reply: string) => void): void;
  isAlternateScreen(): boolean;
  bell(): number;
  dispose(): void;
}

type BufferCell = NonNullable<
  ReturnType<NonNullable<ReturnType<xterm.Terminal['buffer']['active']['getLine']>>['getCell']>
>;

function colour(isDefault: boolean, isRgb: boolean, value: number): string {
  if (isDefault) return '-';
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : String(value);
}

function style(cell: BufferCell): string {
  if (cell.isAttributeDefault()) return '-/-';
  const flags = [
    cell.isBold() ? 'bold' : '',
    cell.isDim() ? 'dim' : '',
    cell.isItalic() ? 'italic' : '',
    cell.isUnderline() ? 'underline' : '',
    cell.isBlink() ? 'blink' : '',
    cell.isInverse() ? 'inverse' : '',
    cell.isInvisible() ? 'hidden' : '',
    cell.isStrikethrough() ? 'strike' : '',
    cell.isOverline() ? 'overline' : '',
  ].filter(flag => flag !== '');
  const fg = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
  const bg = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
  return `${fg}/${bg} ${flags.join(' ')}`.trimEnd();
}

/** What the emulator has inside, without a public way to it. */
interface Core {
  readonly coreService: {readonly isCursorHidden: boolean};
  /** Without the timer of `write`, which takes a millisecond. */
  writeSync(data: string | Uint8Array): void;
}

function coreOf(terminal: xterm.Terminal): Core {
  return (terminal as unknown as {readonly _core: Core})._core;
}

/** Opens a terminal of that size that measures characters as Unicode 11 does, like most terminals in use. */
export function headlessTerminal(columns = 80, rows = 24): HeadlessTerminal {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000, logLevel: 'off'});
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  let title = '';
  let replies = '';
  let bells = 0;
  terminal.onTitleChange(next => {
    title = next;
  });
  terminal.onData(data => {
    replies += data;
  });
  terminal.onBell(() => {
    bells++;
  });
  let isDisposed = false;
  const dispose = (): void => {
    isDisposed = true;
    terminal.dispose();
  };
  /** @throws {Error} when the test has let go of the terminal: what it would read is no screen any more. */
  const screen = () => {
    if (isDisposed) throw new Error('this terminal is gone: await what is read before the console is closed');
    return terminal.buffer.active;
  };

  return {
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    async write(data) {
      // A program may write while it goes; nobody looks any more.
      if (isDisposed) return;
      coreOf(terminal).writeSync(data);
    },
    resize: (nextColumns, nextRows) => terminal.resize(nextColumns, nextRows),
    lines() {
      return Array.from({length: terminal.rows}, (_, row) => {
        return (
          screen()
            .getLine(screen().baseY + row)
            ?.translateToString(true) ?? ''
        );
      });
    },
    endOf(row) {
      const line = screen().getLine(screen().baseY + row);
      for (let end = terminal.cols; end > 0; end--) {
        const cell = line?.getCell(end - 1);
        if (cell !== undefined && (cell.getChars() !== '' || cell.getWidth() === 0)) return end;
      }
      return 0;
    },
    cells() {
      const work = screen().getNullCell();
      return Array.from({length: terminal.rows}, (_, row) => {
        const line = screen().getLine(screen().baseY + row);
        return Array.from({length: terminal.cols}, (__, column): ScreenCell => {
          const cell = line?.getCell(column, work);
          if (cell === undefined) return {text: ' ', width: 1, style: '-/-'};
          const width = cell.getWidth();
          return {text: cell.getChars() || (width === 0 ? '' : ' '), width, style: style(cell)};
        });
      });
    },
    cursor() {
      const {cursorX: column, cursorY: row} = screen();
      return {column, row, isHidden: coreOf(terminal).coreService.isCursorHidden};
    },
    modes: () => ({
      bracketedPaste: terminal.modes.bracketedPasteMode,
      synchronized: terminal.modes.synchronizedOutputMode,
      wraparound: terminal.modes.wraparoundMode,
    }),
    title: () => title,
    replies: () => replies,
    onReply: listener => void terminal.onData(listener),
    isAlternateScreen: () => screen().type === 'alternate',
    bell: () => bells,
    dispose,
    [Symbol.dispose]: dispose,
  };
}
