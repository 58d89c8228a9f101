import {Fault} from '../../domain/fault.ts';
import type {Role} from '../../protocol/frames.ts';
import {parseDuration} from '../../runtime/duration.ts';
import {listFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {EXIT} from '../exit-code.ts';
import {withTokens} from '../tokens.ts';

/** `nocturne token create --name N --role R [--customer ID]…`: its secret is shown this once, the only line on standard output. */
export const runTokenCreate: RunCommand = async (context, {flags}) => {
  const role = textFlag(flags, 'role') as Role;
  const customers = listFlag(flags, 'customer');
  if (role === 'admin' && customers.length > 0) {
    throw new Fault('USAGE_ADMIN_SCOPE', 'an administrator sees every customer: leave out --customer');
  }
  if (customers.some(id => id.trim() === '')) {
    throw new Fault('USAGE_VALUE', '--customer needs a value', {option: 'customer', value: 'ID'});
  }
  const forMs = parseDuration(textFlag(flags, 'expires') ?? '');
  const wanted = {
    name: textFlag(flags, 'name') ?? '',
    role,
    customers: customers.length === 0 ? null : customers,
    expiresAt: forMs === null ? null : context.outside.clock.now() + forMs,
  };
  const {record, secret} = await withTokens(context, flags, tokens => tokens.create(wanted), {mayBegin: true});
  if (context.isJson) {
    context.sayJson({id: record.id, secret, role: record.identity.role, customers: record.identity.customers ?? []});
  } else {
    context.warn(context.t('cli.tokenCreated', {name: record.identity.name, id: record.id}));
    context.say(secret);
  }
  return EXIT.done;
};
