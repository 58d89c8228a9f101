import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {fileError} from '../../runtime/durable-file.ts';
import type {RunCommand} from '../command-spec.ts';
import {EXIT} from '../exit-code.ts';
import {PACKAGE_ROOT} from '../package-root.ts';

const DEFAULT_FILE = 'nocturne.yaml';
const OWNER_FILE = 0o600;

/** `nocturne config init [FILE]`: a commented example to start from; a file that is there is never written over. */
export const runConfigInit: RunCommand = async (context, {args}) => {
  const [file = DEFAULT_FILE] = args;
  const example = readFileSync(join(PACKAGE_ROOT, 'config/nocturne.example.yaml'), 'utf8');
  try {
    writeFileSync(file, example, {flag: 'wx', mode: OWNER_FILE});
  } catch (error) {
    const reason = fileError(error);
    if (reason === '') throw error;
    const code = reason === 'EEXIST' ? 'CONFIG_EXISTS' : 'CONFIG_WRITE';
    throw new Fault(code, `${file} cannot be written: ${reason}`, {file, reason});
  }
  if (context.isJson) context.sayJson({file});
  else context.say(context.t('cli.configWritten', {file}));
  return EXIT.done;
};
