import type {Tokens} from '../collector/main.ts';
import {Fault} from '../domain/fault.ts';
import {type Flags, textFlag} from './command-spec.ts';
import type {CliContext} from './context.ts';

/** Opens the tokens of `--data DIR`, hands them to `work`, and closes them. @throws {Fault} `USAGE_REQUIRED` without `--data`. */
export async function withTokens<Result>(
  context: CliContext,
  flags: Flags,
  work: (tokens: Tokens) => Result,
): Promise<Result> {
  const folder = textFlag(flags, 'data');
  if (folder === null) throw new Fault('USAGE_REQUIRED', 'token needs --data', {command: 'token', option: 'data'});
  const {openTokens} = await import('../collector/main.ts');
  const tokens = openTokens(folder, context.outside);
  try {
    return work(tokens);
  } finally {
    tokens.close();
  }
}
