import {type Flags, textFlag} from './command-spec.ts';
import type {CliContext} from './context.ts';

/** The person behind the report, where the command line or the environment says so. */
export function actorLabel({env}: CliContext, flags: Flags): string | null {
  return textFlag(flags, 'as') ?? env.NOCTURNE_AS ?? null;
}
