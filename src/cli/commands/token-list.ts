import type {TokenRecord} from '../../collector/main.ts';
import {momentText} from '../../view/draw-context.ts';
import {rfc3339} from '../../view/rfc3339.ts';
import {type Line, part} from '../../view/tone.ts';
import type {RunCommand} from '../command-spec.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {printList} from '../list.ts';
import {plainTable} from '../plain-table.ts';
import {withTokens} from '../tokens.ts';

/** `nocturne token list`: every token of a data folder, revoked ones too, none with its secret. */
export const runTokenList: RunCommand = async (context, {flags}) => {
  const entries = await withTokens(context, flags, tokens => tokens.list());
  printList(context, {key: 'tokens', entries, json, record, table, empty: 'cli.empty.tokens'});
  return EXIT.done;
};

function json({id, identity, createdAt, expiresAt, revokedAt}: TokenRecord): object {
  const {name, role, customers} = identity;
  return {
    id,
    name,
    role,
    customers: customers ?? [],
    createdAt: rfc3339(createdAt),
    expiresAt: rfc3339(expiresAt),
    revokedAt: rfc3339(revokedAt),
  };
}

/** Id, name, role, customers, when created, when it expires, when it was revoked. */
function record({id, identity, createdAt, expiresAt, revokedAt}: TokenRecord): readonly string[] {
  const {name, role, customers} = identity;
  const customerList = (customers ?? ['*']).join(',');
  return [id, name, role, customerList, rfc3339(createdAt), rfc3339(expiresAt) ?? '', rfc3339(revokedAt) ?? ''];
}

function table(entries: readonly TokenRecord[], width: number, context: CliContext): readonly Line[] {
  const {t, outside} = context;
  const now = outside.clock.now();
  const columns = ['id', 'name', 'role', 'customers', 'created', 'state'] as const;
  return plainTable(
    columns.map(column => t(`cli.column.${column}`)),
    entries.map(({id, identity, createdAt, expiresAt, revokedAt}) => {
      const isOver = revokedAt !== null || (expiresAt !== null && expiresAt <= now);
      const state = revokedAt !== null ? 'revoked' : isOver ? 'expired' : 'valid';
      const tone = isOver ? 'dim' : 'plain';
      return [
        part(id, 'key'),
        part(identity.name, tone),
        part(identity.role, tone),
        part(identity.customers?.join(', ') ?? t('cli.allCustomers'), tone),
        part(momentText(createdAt, {...context, now}), tone),
        part(t(`cli.tokenState.${state}`), tone),
      ];
    }),
    width,
  );
}
