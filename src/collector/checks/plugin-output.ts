/** What a plugin printed, taken apart. */
export interface PluginOutput {
  /** First line, without its performance data. */
  readonly summary: string;
  /** The lines after it, without performance data; '' when there are none. */
  readonly details: string;
  readonly perfdata: string;
}

/**
 * Takes the standard output of a plugin apart: what stands after the first `|` of the first line is performance data, and so is all
 * that follows the first `|` of the later lines.
 *
 * Source: Nagios Core, "Plugin API"; integrations/nagios-plugins.md, "Output".
 */
export function splitPluginOutput(stdout: string): PluginOutput {
  const text = stdout.replaceAll('\r\n', '\n');
  const firstEnd = text.indexOf('\n');
  const first = firstEnd === -1 ? text : text.slice(0, firstEnd);
  const rest = firstEnd === -1 ? '' : text.slice(firstEnd + 1);
  const [summary, perf] = atBar(first);
  const [details, morePerf] = atBar(rest);
  return {summary: summary.trim(), details: details.trim(), perfdata: `${perf} ${morePerf}`.trim()};
}

function atBar(text: string): readonly [before: string, after: string] {
  const bar = text.indexOf('|');
  return bar === -1 ? [text, ''] : [text.slice(0, bar), text.slice(bar + 1)];
}
