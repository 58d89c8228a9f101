import {rfc3339} from '../../view/rfc3339.ts';
import type {RunCommand} from '../command-spec.ts';
import {EXIT} from '../exit-code.ts';
import {withTokens} from '../tokens.ts';

/** `nocturne token revoke NAME|ID`: closes its open connections within five seconds. */
export const runTokenRevoke: RunCommand = async (context, {args, flags}) => {
  const [name = ''] = args;
  const {id, identity, revokedAt} = await withTokens(context, flags, tokens => tokens.revoke(name));
  if (context.isJson) context.sayJson({id, name: identity.name, revokedAt: rfc3339(revokedAt)});
  else context.say(context.t('cli.tokenRevoked', {name: identity.name, id}));
  return EXIT.done;
};
