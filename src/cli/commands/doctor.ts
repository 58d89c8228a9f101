import {existsSync} from 'node:fs';
import packageJson from '../../../package.json' with {type: 'json'};
import type {CollectorView} from '../../client/noc.ts';
import {hasQueuedCommands} from '../../client/outbox.ts';
import {outboxFolder} from '../../client/outbox-folder.ts';
import {type DurationMs, SECOND} from '../../domain/time.ts';
import {isOpenToOthers} from '../../runtime/durable-file.ts';
import {configFolder, stateFolder} from '../../runtime/folders.ts';
import {clipboardOf} from '../../runtime/terminal-clipboard.ts';
import {abilitiesOf} from '../../runtime/terminal-writer/abilities.ts';
import {checkVersions} from '../../runtime/versions.ts';
import type {Tone} from '../../view/tone.ts';
import type {Call, RunCommand} from '../command-spec.ts';
import {type Connection, resolveConnection} from '../connection.ts';
import {asFault, type CliContext, explain} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {openLinks, reasonText} from '../links.ts';
import {paint} from '../paint.ts';

/** One thing looked at: how it is, and what to do when it is not well. */
interface Finding {
  /** Stable, for `--json`. */
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly remedy: string | null;
}

/** Beyond this, deadlines are shown wrong enough to matter, and commands may expire. */
const MUCH_SKEW_MS = 5 * SECOND;
const LEAST_COLUMNS = 80;
const LEAST_ROWS = 24;

const MARK: Readonly<Record<Finding['status'], {readonly shape: string; readonly tone: Tone}>> = {
  ok: {shape: '✓', tone: 'ok'},
  warning: {shape: '●', tone: 'warning'},
  failed: {shape: '▲', tone: 'critical'},
};

/** `nocturne doctor`: what is wrong between this terminal and the collectors, and what to do about it. */
export const runDoctor: RunCommand = async (context, call) => {
  const findings = [
    versionFinding(context),
    ...terminalFindings(context),
    ...settingsFindings(context),
    ...(await connectionFindings(context, call)),
  ];
  if (context.isJson) context.sayJson({checks: findings});
  else for (const finding of findings) context.say(findingLine(context, finding));
  return findings.some(({status}) => status === 'failed') ? EXIT.failed : EXIT.done;
};

function findingLine({hasColour}: CliContext, {status, message, remedy}: Finding): string {
  const {shape, tone} = MARK[status];
  const mark = paint([{text: shape, tone}], hasColour);
  return remedy === null ? `${mark} ${message}` : `${mark} ${message}\n  → ${remedy}`;
}

function versionFinding({t}: CliContext): Finding {
  const fault = checkVersions(process.versions);
  const message = t('cli.doctor.version', {
    version: packageJson.version,
    node: process.versions.node,
    sqlite: process.versions.sqlite ?? '–',
  });
  return fault === null
    ? {name: 'version', status: 'ok', message, remedy: null}
    : {name: 'version', status: 'failed', message, remedy: explain(fault, t)};
}

function terminalFindings({t, env, stdout}: CliContext): readonly Finding[] {
  const term = env.TERM ?? '';
  if (!stdout.isTTY) {
    return [{name: 'terminal', status: 'ok', message: t('cli.doctor.noTerminal'), remedy: null}];
  }
  const {columns} = stdout;
  const rows = process.stdout.rows ?? LEAST_ROWS;
  const colours = 2 ** process.stdout.getColorDepth();
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const isUtf8 = /utf-?8/i.test(locale);
  const isSmall = columns < LEAST_COLUMNS || rows < LEAST_ROWS;
  const isPlain = term === '' || term === 'dumb';
  return [
    {
      name: 'terminal',
      status: isPlain ? 'failed' : 'ok',
      message: t('cli.doctor.terminal', {term: term || '–', colours}),
      remedy: isPlain ? t('cli.doctor.terminalRemedy') : null,
    },
    {
      name: 'size',
      status: isSmall ? 'warning' : 'ok',
      message: t('cli.doctor.size', {columns, rows}),
      remedy: isSmall ? t('cli.doctor.sizeRemedy', {columns: LEAST_COLUMNS, rows: LEAST_ROWS}) : null,
    },
    {
      name: 'utf8',
      status: isUtf8 ? 'ok' : 'warning',
      message: t('cli.doctor.utf8', {locale: locale || '–'}),
      remedy: isUtf8 ? null : t('cli.doctor.utf8Remedy'),
    },
    {
      name: 'synchronized',
      status: 'ok',
      message: t(abilitiesOf(term).synchronizes ? 'cli.doctor.synchronized' : 'cli.doctor.notSynchronized'),
      remedy: null,
    },
    {name: 'clipboard', status: 'ok', message: t(`cli.doctor.clipboard.${clipboardOf(env)}`), remedy: null},
  ];
}

function settingsFindings({t, env}: CliContext): readonly Finding[] {
  const findings: Finding[] = [];
  for (const folder of [configFolder(env), stateFolder(env)]) {
    if (!existsSync(folder)) continue;
    const isOpen = isOpenToOthers(folder);
    findings.push({
      name: 'permissions',
      status: isOpen ? 'warning' : 'ok',
      message: t(isOpen ? 'cli.doctor.folderOpen' : 'cli.doctor.folder', {folder}),
      remedy: isOpen ? `chmod -R go-rwx ${folder}` : null,
    });
  }
  if (hasQueuedCommands(outboxFolder(stateFolder(env)))) {
    findings.push({
      name: 'outbox',
      status: 'warning',
      message: t('cli.doctor.outbox'),
      remedy: t('cli.doctor.outboxRemedy'),
    });
  }
  return findings;
}

async function connectionFindings(context: CliContext, {flags}: Call): Promise<readonly Finding[]> {
  const {t} = context;
  let connection: Connection;
  try {
    connection = await resolveConnection(context, flags);
  } catch (error) {
    const fault = asFault(error);
    if (fault === null) throw error;
    const message = t('cli.doctor.connection');
    return [{name: 'connection', status: 'failed', message, remedy: explain(fault, t)}];
  }
  const {store} = await openLinks(context, connection, {wantsPicture: false});
  const findings = store.getSnapshot().collectors.flatMap(collector => collectorFindings(context, collector));
  await store.close();
  return findings;
}

/** To a tenth, and never a zero with a sign. */
function skewSeconds(skewMs: DurationMs): number {
  return (Math.round((10 * skewMs) / SECOND) || 0) / 10;
}

function collectorFindings(context: CliContext, collector: CollectorView): readonly Finding[] {
  const {t} = context;
  const {name, url, link, reason, who, version, skewMs} = collector;
  if (link !== 'live') {
    const code = reason?.code ?? 'TIMEOUT';
    const message = t('cli.doctor.linkDown', {name, url, reason: reasonText(context, collector)});
    return [{name: 'link', status: 'failed', message, remedy: t(`cli.remedy.${code}`)}];
  }
  const isSkewed = Math.abs(skewMs) > MUCH_SKEW_MS;
  const isOther = version !== packageJson.version;
  return [
    {name: 'link', status: 'ok', message: t('cli.doctor.link', {name, url}), remedy: null},
    {
      name: 'token',
      status: 'ok',
      message: t('cli.doctor.token', {
        name: who?.name ?? '–',
        role: who?.role ?? '–',
        customers: who?.customers?.join(', ') ?? t('cli.allCustomers'),
      }),
      remedy: null,
    },
    {
      name: 'clock',
      status: isSkewed ? 'warning' : 'ok',
      message: t('cli.doctor.clock', {name, seconds: context.format.number(skewSeconds(skewMs), 1)}),
      remedy: isSkewed ? t('cli.doctor.clockRemedy') : null,
    },
    {
      name: 'collectorVersion',
      status: isOther ? 'warning' : 'ok',
      message: t('cli.doctor.collectorVersion', {name, version: version ?? '–'}),
      remedy: isOther ? t('cli.doctor.collectorVersionRemedy', {version: packageJson.version}) : null,
    },
  ];
}
