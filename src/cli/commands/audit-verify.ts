import {readFileSync} from 'node:fs';
import type {AuditAnchor} from '../../collector/main.ts';
import {Fault} from '../../domain/fault.ts';
import {fileError} from '../../runtime/durable-file.ts';
import {type RunCommand, textFlag} from '../command-spec.ts';
import {EXIT} from '../exit-code.ts';

/**
 * `nocturne audit verify --data DIR [--anchor FILE]`: proves every line of a collector's log, also while it runs (security rule 52).
 * Without an anchor that was kept elsewhere a log whose end was cut off together with its own anchor looks whole.
 */
export const runAuditVerify: RunCommand = async (context, {flags}) => {
  const folder = textFlag(flags, 'data');
  if (folder === null) throw new Fault('USAGE_REQUIRED', 'audit needs --data', {command: 'audit', option: 'data'});
  const file = textFlag(flags, 'anchor');
  const anchor = file === null ? undefined : anchorIn(file);
  const {verifyAudit} = await import('../../collector/main.ts');
  const result = verifyAudit(folder, anchor);
  const {type, seq} = result;
  if (context.isJson) {
    const [what, mac] = type === 'sound' ? [null, result.mac] : [result.what, null];
    context.sayJson({result: type, what, seq, mac});
  } else if (type === 'sound') context.say(context.t('cli.audit.sound', {seq, mac: result.mac}));
  else context.warn(context.t(`cli.audit.${result.what}`, {seq}));
  return type === 'sound' ? EXIT.done : EXIT.failed;
};

/** The last anchor of a file: the folder's own, or lines `audit.anchor` of the collector's log. @throws {Fault} `USAGE_ANCHOR` */
function anchorIn(file: string): AuditAnchor {
  for (const line of readLines(file).reverse()) {
    const anchor = asAnchor(line);
    if (anchor !== null) return anchor;
  }
  throw new Fault('USAGE_ANCHOR', `${file} holds no anchor`, {file});
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new Fault('USAGE_ANCHOR', `${file} cannot be read (${fileError(error)})`, {file});
  }
}

function asAnchor(line: string): AuditAnchor | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('seq' in value) || !('mac' in value)) return null;
    const {seq, mac} = value;
    return Number.isSafeInteger(seq) && typeof mac === 'string' ? {seq: Number(seq), mac} : null;
  } catch {
    return null;
  }
}
