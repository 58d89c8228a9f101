import {OPEN_SCOPE, selectAlerts} from '../../view/alerts.ts';
import {customerJson} from '../../view/customer-json.ts';
import {customerColumns, customerHeadLine, customerLine} from '../../view/customer-lines.ts';
import {type CustomerEntry, selectCustomers} from '../../view/customers.ts';
import {selectOnCall} from '../../view/on-call.ts';
import {onCallJson} from '../../view/on-call-json.ts';
import type {Line} from '../../view/tone.ts';
import {drawContext} from '../alert-rows.ts';
import type {RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {openLinks, requireLink} from '../links.ts';
import {printList} from '../list.ts';

/** `nocturne customers`: each with what is on its plate, the one in most need first. */
export const runCustomers: RunCommand = async (context, {flags}) => {
  const links = await openLinks(context, await resolveConnection(context, flags), {wantsPicture: true});
  await requireLink(context, links);
  const view = links.store.getSnapshot();
  const now = context.outside.clock.now();
  const entries = selectCustomers(view, selectAlerts(view, null, OPEN_SCOPE, now));
  const json = (entry: CustomerEntry) => ({
    ...customerJson(entry),
    onCall: selectOnCall(view, id => id === entry.id, now).map(onCallJson),
  });
  printList(context, {key: 'customers', entries, json, record, table, empty: 'cli.empty.customers'});
  await links.store.close();
  return EXIT.done;
};

/** Id, name, worst state, open, acknowledged, hosts. */
function record({id, customer, worst, open, acked, hosts}: CustomerEntry): readonly string[] {
  return [id, customer?.name ?? id, worst, String(open), String(acked), String(hosts)];
}

function table(entries: readonly CustomerEntry[], width: number, context: CliContext): readonly Line[] {
  const draw = drawContext(context);
  const columns = customerColumns(Math.min(width, 100), false);
  return [customerHeadLine(columns, draw), ...entries.map(entry => customerLine(columns, entry, draw))];
}
