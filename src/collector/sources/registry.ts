import type {SourceParser} from '../source.ts';
import {alertmanager} from './alertmanager.ts';
import {pbs} from './backup-pbs.ts';
import {veeam} from './backup-veeam.ts';
import {generic} from './generic.ts';
import {report} from './report.ts';

/** Every kind of upstream that can be named under `sources:`, by its `type`. */
export const sourceParsers: ReadonlyMap<string, SourceParser> = new Map(
  [alertmanager, generic, pbs, report, veeam].map(parser => [parser.type, parser]),
);
