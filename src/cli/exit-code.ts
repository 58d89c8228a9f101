import type {Fault} from '../domain/fault.ts';

/** Exit codes of every command. Source: contract.md. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** Usage or bad configuration. */
  usage: 2,
  nothing: 3,
  /** Acked by somebody else, for example. */
  already: 4,
  /** Role, scope, read-only, conflict. */
  refused: 5,
  queued: 6,
  noLink: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_CODE: Readonly<Record<string, ExitCode>> = {
  NO_LINK: EXIT.noLink,
  NOT_CONFIRMED: EXIT.noLink,
  UNREACHED: EXIT.noLink,
  LINK_REFUSED: EXIT.refused,
  REPORT_REFUSED: EXIT.refused,
  NOTHING_MATCHES: EXIT.nothing,
  TOKEN_UNKNOWN: EXIT.nothing,
  DOWNTIME_UNKNOWN: EXIT.nothing,
  TOKEN_AMBIGUOUS: EXIT.usage,
  TOKEN_NAME: EXIT.usage,
  NOT_A_TERMINAL: EXIT.usage,
};

/** Families of codes that all mean: what you asked for cannot be understood. */
const USAGE = /^(USAGE|URL|FILTER|CONFIG|TARGET|WALL|SECRET|SETTINGS|THEME|TERMINAL|NODE|SQLITE)_/;

export function exitCodeOf(fault: Fault): ExitCode {
  return BY_CODE[fault.code] ?? (USAGE.test(fault.code) ? EXIT.usage : EXIT.failed);
}
