import type {PendingCommand} from '../client/noc.ts';
import type {CommandKind, Outcome, VerdictCode} from '../domain/command.ts';
import type {SafeText} from '../domain/text.ts';
import type {Instant} from '../domain/time.ts';
import {momentText} from '../view/draw-context.ts';
import {rfc3339} from '../view/rfc3339.ts';
import type {CliContext} from './context.ts';
import {EXIT, type ExitCode} from './exit-code.ts';

/** What became of one command, in the words of `--json`. Source: contract.md. */
export interface Result {
  readonly id: string;
  readonly outcome: 'done' | 'already' | 'refused' | 'notFound' | 'queued';
  readonly code: string;
  readonly by: SafeText | null;
  readonly at: Instant | null;
  readonly seq: number | null;
}

export function notFound(id: string): Result {
  return {id, outcome: 'notFound', code: 'NOT_FOUND', by: null, at: null, seq: null};
}

export function queued(id: string): Result {
  return {id, outcome: 'queued', code: 'QUEUED', by: null, at: null, seq: null};
}

/** A report that a collector has; who made it and when stands in the report. */
export function reported(id: string): Result {
  return {id, outcome: 'done', code: 'OK', by: null, at: null, seq: null};
}

export function settled(id: string, {outcome, code, by, at, seq}: NonNullable<PendingCommand['verdict']>): Result {
  return {id, outcome: wordFor(outcome, code), code, by, at, seq};
}

function wordFor(outcome: Outcome, code: VerdictCode): Result['outcome'] {
  switch (outcome) {
    case 'applied':
      return 'done';
    case 'noop':
      return 'already';
    case 'rejected':
      return code === 'NOT_FOUND' ? 'notFound' : 'refused';
    case 'expired':
      return 'refused';
    default:
      return outcome satisfies never;
  }
}

/** Of several results the one that most needs a look decides. */
const BY_URGENCY: readonly (readonly [Result['outcome'], ExitCode])[] = [
  ['refused', EXIT.refused],
  ['notFound', EXIT.nothing],
  ['already', EXIT.already],
  ['queued', EXIT.queued],
];

/** @param isEveryoneThere - Whether all collectors were; else what was not found may stand at one that is missing. */
export function exitCodeOfResults(results: readonly Result[], isEveryoneThere = true): ExitCode {
  for (const [outcome, code] of BY_URGENCY) {
    if (results.some(result => result.outcome === outcome))
      return code === EXIT.nothing ? nothing(isEveryoneThere) : code;
  }
  return EXIT.done;
}

/** The exit code where nothing was found. */
export function nothing(isEveryoneThere: boolean): ExitCode {
  return isEveryoneThere ? EXIT.nothing : EXIT.noLink;
}

/** What was to be done; reports do not go the way of commands, and are told of alike. */
export type ResultKind = CommandKind | 'report';

const NOT_FOUND: Partial<Record<ResultKind, string>> = {downtime: 'cli.noScope', 'downtime-cancel': 'cli.noDowntime'};

/** Tells what became of the commands: what was done on standard output, what was not on standard error. */
export function printResults(context: CliContext, kind: ResultKind, results: readonly Result[]): void {
  if (context.isJson) {
    context.sayJson({results: results.map(result => ({...result, at: rfc3339(result.at)}))});
    return;
  }
  for (const result of results) {
    const line = resultText(context, kind, result);
    if (result.outcome === 'done') context.say(line);
    else context.warn(line);
  }
}

function resultText(context: CliContext, kind: ResultKind, {id, outcome, code, by, at}: Result): string {
  const {t} = context;
  const now = context.outside.clock.now();
  switch (outcome) {
    case 'done':
      return t(`cli.done.${kind}`, {id});
    case 'already':
      if (by === null || at === null) return t('cli.already.plain', {id});
      return t(`cli.already.${kind === 'ack' ? 'ack' : 'other'}`, {id, by, at: momentText(at, {...context, now})});
    case 'notFound':
      return t(NOT_FOUND[kind] ?? 'cli.notFound', {id});
    case 'queued':
      return t('cli.queued', {id});
    case 'refused':
      if (by !== null && at !== null) {
        return t('cli.refused.conflict', {id, by, at: momentText(at, {...context, now})});
      }
      return t(`cli.refused.${code}`, {id});
    default:
      return outcome satisfies never;
  }
}
