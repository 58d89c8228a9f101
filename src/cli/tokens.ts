import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Tokens} from '../collector/main.ts';
import {Fault} from '../domain/fault.ts';
import {type Flags, textFlag} from './command-spec.ts';
import type {CliContext} from './context.ts';

/**
 * Opens the tokens of `--data DIR`, hands them to `work`, and closes them.
 *
 * @param mayBegin - Whether the folder may be a new one; else a mistyped name would be a folder without tokens.
 * @throws {Fault} `USAGE_REQUIRED` without `--data`, `USAGE_DATA`.
 */
export async function withTokens<Result>(
  context: CliContext,
  flags: Flags,
  work: (tokens: Tokens) => Result,
  {mayBegin = false} = {},
): Promise<Result> {
  const folder = textFlag(flags, 'data');
  if (folder === null) throw new Fault('USAGE_REQUIRED', 'token needs --data', {command: 'token', option: 'data'});
  if (!mayBegin && !existsSync(join(folder, 'tokens.db'))) {
    throw new Fault('USAGE_DATA', `there is no tokens.db in ${folder}`, {folder});
  }
  const {openTokens} = await import('../collector/main.ts');
  const tokens = openTokens(folder, context.outside);
  try {
    return work(tokens);
  } finally {
    tokens.close();
  }
}
