import {fstatSync} from 'node:fs';
import packageJson from '../../package.json' with {type: 'json'};
import {Fault} from '../domain/fault.ts';
import {fileError} from '../runtime/durable-file.ts';
import {realOutside} from '../runtime/outside-real.ts';
import {checkVersions} from '../runtime/versions.ts';
import {COMMANDS} from './command-table.ts';
import {asFault, type CliContext, createContext, explain, type Output, type Shell} from './context.ts';
import {EXIT, exitCodeOf} from './exit-code.ts';
import {parseArgv} from './parse-argv.ts';
import {readInput, streamInput} from './read-input.ts';

const DEFAULT_COLUMNS = 80;
/** What we make is for its owner alone (security rule 8). */
const OWNER_ONLY = 0o077;

/**
 * Runs one command line.
 *
 * @returns The exit code. Source: contract.md.
 */
export async function runCli(argv: readonly string[], shell: Shell): Promise<number> {
  const context = createContext(shell, argv);
  try {
    const request = parseArgv(argv, COMMANDS);
    switch (request.type) {
      case 'version':
        context.say(`nocturne ${packageJson.version}`);
        return EXIT.done;
      case 'help': {
        await context.loadTexts();
        const {helpText} = await import('./help.ts');
        shell.stdout.write(helpText(COMMANDS, request.topic, context.t, shell.stdout.columns));
        return EXIT.done;
      }
      case 'run': {
        const {call} = request;
        if (!call.spec.isQuick) await context.loadTexts();
        const run = await call.spec.load();
        return await run(context, call);
      }
      default:
        return request satisfies never;
    }
  } catch (error) {
    const fault = asFault(error);
    if (fault === null) throw error;
    return await tell(context, fault);
  }
}

async function tell(context: CliContext, fault: Fault): Promise<number> {
  await context.loadTexts();
  context.warn(explain(fault, context.t));
  return exitCodeOf(fault);
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: text => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? DEFAULT_COLUMNS,
  };
}

async function main(): Promise<void> {
  process.umask(OWNER_ONLY);
  const shell: Shell = {
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readStdin: () => readInput(process.stdin, fstatSync(process.stdin.fd), realOutside.timers),
    streamStdin: onText => streamInput(process.stdin, fstatSync(process.stdin.fd), realOutside.timers, onText),
    outside: realOutside,
  };
  const argv = process.argv.slice(2);
  process.stdout.on('error', error => void leaveUnheard(error, createContext(shell, argv)));
  const tooOld = checkVersions(process.versions);
  if (tooOld !== null) process.exit(await tell(createContext(shell, argv), tooOld));
  const code = await runCli(argv, shell);
  await Promise.all([written(process.stdout), written(process.stderr)]);
  if (process.stdout.errored !== null) await leaveUnheard(process.stdout.errored, createContext(shell, argv));
  process.exit(code);
}

/** Nobody reads any more, `nocturne alerts | head`: there is nothing left to say. A full disk is another matter. */
async function leaveUnheard(error: unknown, context: CliContext): Promise<never> {
  const reason = fileError(error);
  if (reason === 'EPIPE') process.exit(EXIT.done);
  process.exit(await tell(context, new Fault('OUTPUT_FAILED', `the answer cannot be written: ${reason}`, {reason})));
}

/** A pipe takes 64 KiB at once; the rest must be with the reader before the process ends. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return stream.writableLength === 0 ? Promise.resolve() : new Promise(resolve => stream.write('', () => resolve()));
}

if (import.meta.main) void main();
