import * as v from 'valibot';
import {didYouMean} from './did-you-mean.ts';
import {DURATION} from './duration.ts';

// What the fields of a collector's configuration may hold. The message of a rule is the code of its problem.

/** A mapping that knows its keys: an unknown one is an error, and its message is the key that was probably meant. */
export function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, issue =>
    issue.expected === 'never'
      ? (didYouMean(String(issue.path?.at(-1)?.key), Object.keys(entries)) ?? '')
      : 'CONFIG_MISSING',
  );
}

/** Most characters of a name. */
export const MAX_NAME = 64;
const MAX_TEXT = 1024;

/** A text of at most 1,024 characters, not empty. */
export const text = v.pipe(v.string(), v.nonEmpty('CONFIG_EMPTY'), v.maxLength(MAX_TEXT, 'CONFIG_LONG'));
/** A name that stands in addresses and tokens: letters, digits, `.`, `_` and `-`, at most 64. */
export const id = v.pipe(
  v.string(),
  v.maxLength(MAX_NAME, 'CONFIG_LONG'),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'CONFIG_ID'),
);
/** `90s`, `26h`, `30d`. */
export const duration = v.pipe(v.string(), v.maxLength(32, 'CONFIG_DURATION'), v.regex(DURATION, 'CONFIG_DURATION'));
/** 1 to 65535. */
export const port = v.pipe(
  v.number(),
  v.integer('CONFIG_PORT'),
  v.minValue(1, 'CONFIG_PORT'),
  v.maxValue(65_535, 'CONFIG_PORT'),
);
/** 0 to 100. */
export const percent = v.pipe(v.number(), v.minValue(0, 'CONFIG_PERCENT'), v.maxValue(100, 'CONFIG_PERCENT'));
/** An address with `http://` or `https://`. */
export const httpUrl = v.pipe(
  v.string(),
  v.maxLength(MAX_TEXT, 'CONFIG_LONG'),
  v.regex(/^https?:\/\/[^\s]+$/, 'CONFIG_URL'),
);
/** `true` or `false`. */
export const flag = v.boolean();

/** The sixteen Länder, ISO 3166-2. */
export const land = v.picklist([
  'DE-BB',
  'DE-BE',
  'DE-BW',
  'DE-BY',
  'DE-HB',
  'DE-HE',
  'DE-HH',
  'DE-MV',
  'DE-NI',
  'DE-NW',
  'DE-RP',
  'DE-SH',
  'DE-SL',
  'DE-SN',
  'DE-ST',
  'DE-TH',
]);

/** Itself, or where it is kept: a file or a variable of the environment. */
export const secret = v.union([text, section({file: text}), section({env: text})], 'CONFIG_SECRET');

/** `08:00`, on the wall of a time zone. */
export const time = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'CONFIG_TIME'));
const window = v.pipe(
  v.string(),
  v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'CONFIG_WINDOW'),
);
/** `08:00-17:00`, one or several a day; the end of a day is `24:00`. */
export const windows = v.union([window, v.array(window)], 'CONFIG_WINDOW');
/** `mon-fri`, `sat,sun`. */
export const days = v.pipe(
  v.string(),
  v.regex(/^(?:mon|tue|wed|thu|fri|sat|sun)(?:[,-](?:mon|tue|wed|thu|fri|sat|sun))*$/, 'CONFIG_DAYS'),
);
/** When somebody is served: always, or windows by days. */
export const hours = v.union([v.literal('24x7'), v.record(days, windows)], 'CONFIG_HOURS');
/** `2026-12-24`. */
export const date = v.pipe(v.string(), v.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'CONFIG_DATE'));
/** `2026-12-24T08:00`, on the wall of a time zone. */
export const localTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d$/, 'CONFIG_LOCAL_TIME'),
);
/** What a clock may run to: `30m`, `8h`, `2d`. */
export const target = v.pipe(v.string(), v.regex(/^[1-9]\d{0,4}[mhd]$/, 'CONFIG_TARGET'));
