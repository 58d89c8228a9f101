import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import {parseDuration} from '../../runtime/duration.ts';
import {type Flags, onlyFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {postReport} from '../post-report.ts';

/** `nocturne report heartbeat --host H --every 24h`: a job is alive; silence beyond its time is critical (FR-4). */
export const runReportHeartbeat: RunCommand = (context, call) =>
  postReport(context, call, 'heartbeat', input => {
    const {flags} = call;
    const host = textFlag(flags, 'host');
    if (host === null) {
      throw new Fault('USAGE_REQUIRED', 'report heartbeat needs --host', {command: 'report heartbeat', option: 'host'});
    }
    return {
      customer: onlyFlag(flags, 'customer'),
      site: textFlag(flags, 'site'),
      host,
      service: textFlag(flags, 'service') ?? textFlag(flags, 'key'),
      everySeconds: secondsOf(flags, 'every'),
      graceSeconds: secondsOf(flags, 'grace'),
      output: input,
      runbook: textFlag(flags, 'runbook'),
    };
  });

function secondsOf(flags: Flags, name: string): number | null {
  const ms = parseDuration(textFlag(flags, name) ?? '');
  return ms === null ? null : ms / SECOND;
}
