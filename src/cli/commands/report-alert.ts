import {Fault} from '../../domain/fault.ts';
import {type Flags, hasFlag, listFlag, onlyFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {postReport} from '../post-report.ts';

/**
 * `nocturne report alert --host H --summary TEXT …`: a script says that something is wrong, or no longer. The text of standard
 * input becomes the output of the alert; JSON there is sent as it is.
 */
export const runReportAlert: RunCommand = (context, call) =>
  postReport(context, call, 'alert', input => {
    const {flags} = call;
    return {
      customer: onlyFlag(flags, 'customer'),
      site: textFlag(flags, 'site'),
      host: wanted(flags, 'host'),
      service: textFlag(flags, 'service'),
      severity: textFlag(flags, 'severity') ?? (hasFlag(flags, 'resolved') ? null : 'critical'),
      summary: wanted(flags, 'summary'),
      status: hasFlag(flags, 'resolved') ? 'resolved' : null,
      key: textFlag(flags, 'key'),
      output: input,
      runbook: textFlag(flags, 'runbook'),
      labels: labelsOf(listFlag(flags, 'label')),
    };
  });

function wanted(flags: Flags, name: string): string {
  const value = textFlag(flags, name);
  if (value !== null) return value;
  throw new Fault('USAGE_REQUIRED', `report alert needs --${name}`, {command: 'report alert', option: name});
}

/** `NAME=VALUE`, any number of them. */
function labelsOf(given: readonly string[]): Readonly<Record<string, string>> | null {
  if (given.length === 0) return null;
  return Object.fromEntries(
    given.map(label => {
      const at = label.indexOf('=');
      if (at < 1) throw new Fault('USAGE_LABEL', `--label wants NAME=VALUE, not ${label}`, {given: label});
      return [label.slice(0, at), label.slice(at + 1)];
    }),
  );
}
