import type {Line} from '../view/tone.ts';
import type {CliContext} from './context.ts';
import {paint} from './paint.ts';

/** A list as a command prints it: for programs, for pipes, and for people. */
export interface Listing<Entry> {
  /** The one key of the JSON object. */
  readonly key: string;
  readonly entries: readonly Entry[];
  readonly json: (entry: Entry) => object;
  /** Fields of one record on a pipe; stable words, no colour. */
  readonly record: (entry: Entry, context: CliContext) => readonly string[];
  /** Head and rows for a terminal of this width. */
  readonly table: (entries: readonly Entry[], width: number, context: CliContext) => readonly Line[];
  /** Catalogue key of the sentence for an empty list. */
  readonly empty: string;
}

/**
 * Prints a list: `--json` one object, on a terminal a table with its head, on a pipe one record a line with tabs between its
 * fields. That nothing is there is said beside the answer.
 */
export function printList<Entry>(context: CliContext, listing: Listing<Entry>): void {
  const {key, entries, json, record, table, empty} = listing;
  if (context.isJson) {
    context.sayJson({[key]: entries.map(json)});
    return;
  }
  if (entries.length === 0) {
    context.warn(context.t(empty));
    return;
  }
  if (context.stdout.isTTY) {
    for (const line of table(entries, context.stdout.columns, context)) context.say(paint(line, context.hasColour));
    return;
  }
  for (const entry of entries) context.say(record(entry, context).join('\t'));
}
