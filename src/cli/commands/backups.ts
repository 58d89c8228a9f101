import {backupJson, leftOutJson} from '../../view/backup-json.ts';
import {backupColumns, backupHeadLine, backupLine} from '../../view/backup-lines.ts';
import {type BackupEntry, selectBackups} from '../../view/backups.ts';
import type {Line} from '../../view/tone.ts';
import {drawContext} from '../alert-rows.ts';
import {listFlag, type RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {isComplete, openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';
import {nothing} from '../results.ts';

/** `nocturne backups`: every protected object and what nothing protects, by customer, the worst first. */
export const runBackups: RunCommand = async (context, {flags}) => {
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  const customers = listFlag(flags, 'customer');
  const view = links.store.getSnapshot();
  const isKnown =
    customers.length === 0 || view.collectors.some(({state}) => customers.some(id => state?.customers.has(id)));
  const all = selectBackups(view, context.outside.clock.now());
  const entries = customers.length === 0 ? all : all.filter(({customer}) => customers.includes(customer));
  if (context.isJson) context.sayJson({backups: entries.flatMap(backupJson), leftOut: entries.flatMap(leftOutJson)});
  else
    printList(context, {
      key: 'backups',
      entries,
      json: entry => entry,
      record,
      table,
      empty: isKnown ? 'cli.empty.backups' : 'cli.empty.customer',
    });
  const isEveryoneThere = isComplete(links);
  await links.store.close();
  return isKnown || entries.length > 0 ? EXIT.done : nothing(isEveryoneThere);
};

/** Customer, object, job, status, posture, reason. */
function record({customer, object, job, posture, verdict, leftOut}: BackupEntry): readonly string[] {
  if (leftOut !== null) return [customer, '', '', 'leftOut', posture, String(leftOut.reports)];
  return [
    customer,
    object,
    job?.name ?? '',
    job?.status ?? 'unknown',
    posture,
    verdict?.reasons[0] ?? (job === null ? 'noJob' : ''),
  ];
}

function table(entries: readonly BackupEntry[], width: number, context: CliContext): readonly Line[] {
  const draw = drawContext(context);
  const columns = backupColumns(Math.min(width, 160));
  return [backupHeadLine(columns, draw), ...entries.map(entry => backupLine(columns, entry, draw))];
}
