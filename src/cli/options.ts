import type {OptionSpec} from './command-spec.ts';

/** Options of every command. Source: contract.md, "Common flags". */
export const COMMON_OPTIONS = [
  {name: 'url', value: 'URL', isRepeatable: true},
  {name: 'token-file', value: 'FILE', isRepeatable: true},
  {name: 'profile', value: 'NAME'},
  {name: 'json'},
  {name: 'lang', value: 'LANG', choices: ['de', 'en']},
  {name: 'no-color'},
  {name: 'as', value: 'NAME'},
  {name: 'timeout', value: 'DURATION', kind: 'span'},
  {name: 'queue'},
  {name: 'help', short: 'h'},
  {name: 'version', short: 'V'},
] as const satisfies readonly OptionSpec[];

export const MESSAGE: OptionSpec = {name: 'message', short: 'm', value: 'TEXT'};
export const FOR: OptionSpec = {name: 'for', value: 'DURATION', kind: 'span'};
export const ALL: OptionSpec = {name: 'all'};
export const DRY_RUN: OptionSpec = {name: 'dry-run'};
export const CUSTOMER: OptionSpec = {name: 'customer', value: 'ID', isRepeatable: true};
export const HOST: OptionSpec = {name: 'host', value: 'HOST'};
export const SERVICE: OptionSpec = {name: 'service', value: 'SERVICE'};
export const SITE: OptionSpec = {name: 'site', value: 'SITE'};
export const DATA: OptionSpec = {name: 'data', value: 'DIR'};
export const READ_ONLY: OptionSpec = {name: 'read-only'};
export const SCREEN_READER: OptionSpec = {name: 'screen-reader'};
export const THEME: OptionSpec = {name: 'theme', value: 'NAME'};
