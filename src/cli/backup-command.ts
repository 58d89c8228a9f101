import {basename} from 'node:path';
import {isBackupFormat} from './backup-report.ts';

/** A command that is about to run, as far as its words tell. */
export interface BackupCommand {
  /** Whose output it is: restic, borg, or the name of a program that nobody reads. */
  readonly tool: string;
  /** `other`: what the tool does beside backups, such as pruning. That it went well says nothing of a backup. */
  readonly does: 'run' | 'check' | 'other';
  /** What only tries saves nothing, and without `--json` it may not even say so. */
  readonly isDryRun: boolean;
}

interface ToolWords {
  readonly runs: readonly string[];
  readonly checks: readonly string[];
  /** Options of the tool itself, before its command, that are followed by a value. */
  readonly valued: ReadonlySet<string>;
}

/** Source: `restic help` of 0.14 and 0.18, `borg help` of 1.2 and 1.4, and 2.0 for `-r`. */
const TOOLS: ReadonlyMap<string, ToolWords> = new Map([
  [
    'restic',
    {
      runs: ['backup', 'copy'],
      checks: ['check'],
      valued: new Set(
        '-r --repo --repository-file -p --password-file --password-command --key-hint --cache-dir --cacert --tls-client-cert --compression --http-user-agent --limit-download --limit-upload -o --option --pack-size --retry-lock --stuck-request-timeout'.split(
          ' ',
        ),
      ),
    },
  ],
  [
    'borg',
    {
      runs: ['create', 'import-tar'],
      checks: ['check'],
      valued: new Set(
        '-r --repo --rsh --remote-path --umask --lock-wait --debug-topic --debug-profile --upload-ratelimit --remote-ratelimit --upload-buffer --remote-buffer'.split(
          ' ',
        ),
      ),
    },
  ],
]);

/** Programs that start another one, named among their own words. */
const STARTERS: ReadonlySet<string> = new Set(
  'sudo doas runuser setpriv env nice ionice chrt taskset timeout flock nohup stdbuf time chronic systemd-inhibit systemd-run systemd-cat'.split(
    ' ',
  ),
);
/** Their options that name somebody, who may be called as the tool is. */
const NAMING: ReadonlySet<string> = new Set('-u --user -U --other-user -g --group -p --property'.split(' '));

/** Where the tool itself stands: first, or behind programs that start it (`sudo -u backup nice restic backup`); -1 when neither. */
function placeOfTool(words: readonly string[], format: string | null): number {
  const isTool = (word: string) => TOOLS.has(basename(word)) && (format === null || basename(word) === format);
  if (isTool(words[0] ?? '')) return 0;
  if (!STARTERS.has(basename(words[0] ?? ''))) return -1;
  return words.findIndex((word, at) => isTool(word) && !NAMING.has(words[at - 1] ?? ''));
}

function commandOf(args: readonly string[], {valued}: ToolWords): string | null {
  return args.find((word, at) => !word.startsWith('-') && !valued.has(args[at - 1] ?? '')) ?? null;
}

const triesOnly = (args: readonly string[]) => args.includes('--dry-run') || args.includes('-n');

/**
 * Reads a command line of `nocturne run-backup`.
 *
 * @param format - What the caller says whose output it is; null goes by the name of the program.
 */
export function readBackupCommand(words: readonly string[], format: string | null): BackupCommand {
  const place = placeOfTool(words, format);
  const tool = basename(words[place] ?? '');
  const known = TOOLS.get(tool);
  if (known !== undefined) {
    const args = words.slice(place + 1);
    const command = commandOf(args, known) ?? '';
    const does = known.runs.includes(command) ? 'run' : known.checks.includes(command) ? 'check' : 'other';
    return {tool, does, isDryRun: triesOnly(args)};
  }
  // A script: what it does within is its own affair, but for the words that it is given.
  const [program = '', ...args] = words;
  const isCheck = args.includes('check') && !args.includes('create') && !args.includes('backup');
  const name = format ?? basename(program);
  return {tool: name, does: isCheck ? 'check' : 'run', isDryRun: isBackupFormat(name) && triesOnly(args)};
}
