import type {SourceParser} from '../source.ts';
import {alertmanager} from './alertmanager.ts';
import {generic} from './generic.ts';
import {report} from './report.ts';

/** Every kind of upstream that can be named under `sources:`, by its `type`. */
export const sourceParsers: ReadonlyMap<string, SourceParser> = new Map(
  [alertmanager, generic, report].map(parser => [parser.type, parser]),
);
