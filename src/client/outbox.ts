import {createHash} from 'node:crypto';
import {chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync} from 'node:fs';
import {join} from 'node:path';
import type {CommandBody, CommandId} from '../domain/command.ts';
import {Fault} from '../domain/fault.ts';
import type {SafeText} from '../domain/text.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import {fileError, makePrivateFolder, syncFolder, writeDurably} from '../runtime/durable-file.ts';
import {safeStrings} from './decode.ts';

/** A command that waits for its verdict, as it stands on disk. */
export interface QueuedCommand {
  readonly cid: CommandId;
  /** `url` of its collector. */
  readonly collector: string;
  /** Whose token gave it, as `accountOf` says: no other may send it. */
  readonly account: string;
  readonly body: CommandBody;
  readonly issuedAt: Instant;
  readonly ttlMs: DurationMs;
  readonly expectedVersion: number | null;
  readonly as: SafeText | null;
}

/** A name for a token from which it cannot be found: 128 bits of its SHA-256. */
export function accountOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}

const FORMAT = 1;
/** A night without a link gives dozens; this is a runaway script. */
const MOST_COMMANDS = 1_000;
const OWNER_ONLY = 0o700;

/** `CID.json` waits for anybody, `CID.PID-START.json` is in the hands of that process; with `.new` behind it is being written. */
const FILE_NAME = /^([0-9a-f-]{36})(?:\.(\d+)-(\d+))?\.json$/;
const UNFINISHED = /\.(\d+-\d+)\.json\.\d+\.new$/;

interface Found {
  readonly name: string;
  readonly cid: CommandId;
  /** null: nobody's. */
  readonly owner: string | null;
}

/**
 * Commands on disk until their verdict is there, one file each; what was put in survives `kill -9`.
 *
 * Several processes may share the folder. A command is in the hands of the process that put it in, and of another one
 * only after `adopt`, by a rename that one alone can win, when that process let go of it or died. Should two send the
 * same command all the same, the collector applies its id once.
 */
export class Outbox {
  readonly #folder: string;
  readonly #owner: string;
  readonly #held = new Map<CommandId, string>();

  /**
   * @param folder - Made with mode 0700 when missing.
   * @param pid - Of the owning process; tests play several.
   */
  constructor(folder: string, pid: number = process.pid) {
    this.#folder = folder;
    makePrivateFolder(folder);
    chmodSync(folder, OWNER_ONLY);
    this.#owner = `${pid}-${startOf(pid) ?? 0}`;
    this.#sweep();
  }

  /**
   * On disk when this returns.
   *
   * @throws {Fault} `OUTBOX_FULL`, or what the file system says.
   */
  put(command: QueuedCommand): void {
    if (this.#files().length >= MOST_COMMANDS) {
      throw new Fault('OUTBOX_FULL', `${MOST_COMMANDS} commands are waiting already`);
    }
    const name = `${command.cid}.${this.#owner}.json`;
    writeDurably(join(this.#folder, name), JSON.stringify({format: FORMAT, ...command}));
    this.#held.set(command.cid, name);
  }

  /** Takes over what waits for this collector and account and is in no living hands, oldest first. */
  adopt(collector: string, account: string): readonly QueuedCommand[] {
    const adopted: QueuedCommand[] = [];
    for (const file of this.#files()) {
      if (this.#held.has(file.cid) || this.#isInOtherHands(file)) continue;
      const command = this.#read(file);
      if (command === null || command.collector !== collector || command.account !== account) continue;
      const name = `${file.cid}.${this.#owner}.json`;
      if (!renamed(join(this.#folder, file.name), join(this.#folder, name))) continue;
      this.#held.set(file.cid, name);
      adopted.push(command);
    }
    return adopted;
  }

  /** Its verdict is there. A file that cannot be removed is sent again one day, and answered with the same verdict. */
  remove(cid: CommandId): void {
    const name = this.#held.get(cid);
    if (name === undefined) return;
    this.#held.delete(cid);
    try {
      unlinkSync(join(this.#folder, name));
      syncFolder(this.#folder);
    } catch {
      // Said above.
    }
  }

  /** Lets go of all that is left, for the next process. */
  release(): void {
    for (const [cid, name] of this.#held) {
      renamed(join(this.#folder, name), join(this.#folder, `${cid}.json`));
    }
    this.#held.clear();
  }

  /** UUIDv7 sorts by time, so by name is oldest first. */
  #files(): readonly Found[] {
    const found: Found[] = [];
    for (const name of namesIn(this.#folder).sort()) {
      const [, cid, pid, start] = FILE_NAME.exec(name) ?? [];
      if (cid !== undefined) found.push({name, cid, owner: pid === undefined ? null : `${pid}-${start}`});
    }
    return found;
  }

  /** Our own, when we do not hold it, was left by a thread of ours that died. */
  #isInOtherHands({owner}: Found): boolean {
    return owner !== null && owner !== this.#owner && isAlive(owner);
  }

  /** What a process that died was about to write was never promised to anybody. */
  #sweep(): void {
    for (const name of namesIn(this.#folder)) {
      const owner = UNFINISHED.exec(name)?.[1];
      if (owner !== undefined && !isAlive(owner)) rmSync(join(this.#folder, name), {force: true});
    }
  }

  /** null: gone meanwhile, or of another release. */
  #read(file: Found): QueuedCommand | null {
    try {
      const {format, ...command} = JSON.parse(readFileSync(join(this.#folder, file.name), 'utf8'));
      return format === FORMAT && command.cid === file.cid ? (safeStrings(command) as QueuedCommand) : null;
    } catch (error) {
      if (fileError(error) === 'ENOENT' || error instanceof SyntaxError) return null;
      throw error;
    }
  }
}

/** Does anything wait there? Cheap, for quick commands that would otherwise not open an outbox. */
export function hasQueuedCommands(folder: string): boolean {
  return namesIn(folder).some(name => FILE_NAME.test(name));
}

/** Of a folder that may not be there. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (fileError(error) === 'ENOENT') return [];
    throw error;
  }
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (fileError(error) === 'ENOENT') return false;
    throw error;
  }
}

/** A process number comes back one day; together with its start it does not. */
function isAlive(owner: string): boolean {
  const [pid, start] = owner.split('-');
  const running = startOf(Number(pid));
  return running !== null && running === Number(start);
}

/** Clock ticks from boot to the start of a process, 0 where the system does not say; null when it is not running. */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // State is field 3, start field 22; the program's name, field 2, may hold spaces and stands in parentheses. Source: proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : Number(fields[19]);
  } catch {
    return existsSync('/proc/self/stat') ? null : startElsewhere(pid);
  }
}

function startElsewhere(pid: number): number | null {
  try {
    process.kill(pid, 0);
    return 0;
  } catch (error) {
    return fileError(error) === 'EPERM' ? 0 : null;
  }
}
