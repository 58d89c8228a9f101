import {Fault} from '../../domain/fault.ts';
import type {CustomerMonth} from '../../domain/report/customer-month.ts';
import {customerReport} from '../../view/report/customer-report.ts';
import {type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
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
  const asked = await Promise.all(collectors.map(collector => getMonth(collector, customer, month, timeoutMs)));
  const months = asked.filter((found): found is CustomerMonth => found !== null);
  if (months.length === 0) throw new Fault('NOTHING_MATCHES', 'no collector knows that customer');
  if (context.isJson) context.sayJson({months});
  else for (const found of months) for (const line of customerReport(found, context)) context.say(line);
  return EXIT.done;
};
