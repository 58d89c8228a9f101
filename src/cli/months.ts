import type {CollectorAddress} from '../client/collector-address.ts';
import {safeStrings} from '../client/decode.ts';
import type {CustomerId} from '../domain/address.ts';
import type {CustomerMonth} from '../domain/report/customer-month.ts';
import type {DurationMs} from '../domain/time.ts';
import {getJson} from './http-get.ts';

/**
 * A customer's month as its collector has it in the log; null when that does not know the customer.
 *
 * Every text in it is made safe again: it goes to a terminal, and who answers is only known by an address (security rule 42).
 *
 * @throws {Fault} As `getJson` does.
 */
export async function getMonth(
  collector: CollectorAddress,
  customer: CustomerId,
  month: string,
  timeoutMs: DurationMs,
): Promise<CustomerMonth | null> {
  const path = `v1/customers/${encodeURIComponent(customer)}/months/${encodeURIComponent(month)}`;
  return safeStrings(await getJson(collector, path, timeoutMs)) as CustomerMonth | null;
}
