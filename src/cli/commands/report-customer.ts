import {Fault} from '../../domain/fault.ts';
import type {CustomerMonth} from '../../domain/report/customer-month.ts';
import {customerReport} from '../../view/report/customer-report.ts';
import {monthJson} from '../../view/report/month-json.ts';
import {type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {asFault, explain} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {getMonth} from '../months.ts';

/** As it stands on the command line. */
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** `nocturne report customer ID --month 2026-10`: the month from the log of each collector that knows the customer (RP-1). */
export const runReportCustomer: RunCommand = async (context, {args, flags}) => {
  const [customer = ''] = args;
  const month = textFlag(flags, 'month') ?? '';
  if (!MONTH.test(month)) throw new Fault('USAGE_MONTH', '--month wants a month like 2026-10', {given: month});
  const {collectors, timeoutMs} = await resolveConnection(context, flags);
  const asked = await Promise.allSettled(collectors.map(collector => getMonth(collector, customer, month, timeoutMs)));
  const months: CustomerMonth[] = [];
  const silent: {readonly name: string; readonly fault: Fault}[] = [];
  for (const [index, answer] of asked.entries()) {
    if (answer.status === 'fulfilled') months.push(...(answer.value === null ? [] : [answer.value]));
    else
      silent.push({
        name: new URL(collectors[index]?.url ?? '').host,
        fault: asFault(answer.reason) ?? raise(answer.reason),
      });
  }
  if (months.length === 0 && silent[0] !== undefined) throw silent[0].fault;
  for (const {name, fault} of silent) {
    context.warn(context.t('cli.link.missing', {name, reason: explain(fault, context.t)}));
  }
  if (months.length === 0) throw new Fault('NOTHING_MATCHES', 'no collector knows that customer');
  if (context.isJson) context.sayJson({months: months.map(monthJson)});
  else for (const found of months) for (const line of customerReport(found, context)) context.say(line);
  return EXIT.done;
};

function raise(error: unknown): never {
  throw error;
}
