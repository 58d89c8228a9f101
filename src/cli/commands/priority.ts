import {Fault} from '../../domain/fault.ts';
import type {Priority} from '../../domain/sla/priority.ts';
import {type Call, hasFlag, type RunCommand} from '../command-spec.ts';
import {messageOf} from '../message.ts';
import {runVerb} from '../verbs.ts';

const PRIORITIES: ReadonlySet<string> = new Set<Priority>(['P1', 'P2', 'P3', 'P4']);

/** The priority stands first or last among the arguments; nobody remembers which. */
function split(call: Call): {readonly priority: Priority; readonly targets: readonly string[]} {
  const at = call.args.findIndex(arg => PRIORITIES.has(arg.toUpperCase()));
  const priority = call.args[at]?.toUpperCase();
  const targets = call.args.filter((_, index) => index !== at);
  if (priority === undefined || targets.length === 0) {
    throw new Fault('USAGE_PRIORITY', 'priority needs a TARGET and P1, P2, P3 or P4');
  }
  return {priority: priority as Priority, targets};
}

/** `nocturne priority TARGET… P1 -m REASON`: from the start of the incident on, or with `--from-change` from now on (SL-8). */
export const runPriority: RunCommand = async (context, call) => {
  const reason = messageOf(call.flags);
  if (reason === null)
    throw new Fault('USAGE_REQUIRED', 'priority needs --message', {command: 'priority', option: 'message'});
  const {priority, targets} = split(call);
  const mode = hasFlag(call.flags, 'from-change') ? 'fromChange' : 'retroactive';
  return runVerb(context, {...call, args: targets}, 'priority', occurrence => ({
    kind: 'priority',
    occurrence,
    priority,
    mode,
    reason,
  }));
};
