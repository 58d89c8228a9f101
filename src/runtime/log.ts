import {pino} from 'pino';
import {Fault} from '../domain/fault.ts';
import type {Clock} from './outside.ts';
import {safeText} from './safe-text.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof LEVELS)[number];

/** What an event is about: plain values, errors under `error`. Strings are made safe, secrets are taken out by their key. */
export type LogFields = Readonly<Record<string, unknown>>;

/** JSON lines, one an event (security rule 53): `log.warn('source.stale', {source: 'alertmanager', seconds: 90})`. */
export type Log = Readonly<Record<LogLevel, (event: string, fields?: LogFields) => void>> & {
  /** The same log with fields on every line. */
  child(fields: LogFields): Log;
};

/** Where lines go: standard error, a file, or an array of a test. Gets whole lines with their line break. */
export interface LogSink {
  write(line: string): void;
}

const MOST_LINE_BYTES = 8192;
const MOST_TEXT_BYTES = 2048;
const MOST_ENTRIES = 50;
const MOST_DEPTH = 4;
const SECRET_KEY = /secret|token(?!Id)|password|passwd|authorization|cookie|pepper|credential|private_?key|hmac_?key/i;
const REDACTED = '[redacted]';

function errorFields(error: Error): LogFields {
  const code = error instanceof Fault || 'code' in error ? {code: String((error as {code?: unknown}).code)} : {};
  const stack =
    error instanceof Fault
      ? {}
      : {
          stack: error.stack
            ?.split('\n')
            .slice(1, 9)
            .map(line => line.trim()),
        };
  return {name: error.name, ...code, message: error.message, ...stack};
}

function safeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return safeText(value, {bytes: MOST_TEXT_BYTES});
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST_DEPTH) return '…';
  if (value instanceof Error) return safeFields(errorFields(value), depth + 1);
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map(entry => safeValue(entry, depth + 1));
  return safeFields(value as LogFields, depth + 1);
}

function safeFields(fields: LogFields, depth: number): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields).slice(0, MOST_ENTRIES)) {
    safe[safeText(key, {bytes: 100})] = SECRET_KEY.test(key) ? REDACTED : safeValue(value, depth);
  }
  return safe;
}

/** Cuts what is still too long to a line that says so. */
function bounded(line: string): string {
  if (line.length * 3 <= MOST_LINE_BYTES || Buffer.byteLength(line) <= MOST_LINE_BYTES) return line;
  const {level, time, event} = JSON.parse(line) as Record<string, unknown>;
  return `${JSON.stringify({level, time, event, droppedBytes: Buffer.byteLength(line)})}\n`;
}

function wrap(logger: pino.Logger): Log {
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(level)) logger[level]({event: safeText(event, {bytes: 100}), ...safeFields(fields, 0)});
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: fields => wrap(logger.child(safeFields(fields, 0))),
  };
}

/** A log that writes the given level and worse. */
export function createLog({clock, sink, level = 'info'}: {clock: Clock; sink: LogSink; level?: LogLevel}): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    formatters: {level: label => ({level: label})},
  };
  return wrap(pino(options, {write: line => sink.write(bounded(line))}));
}
