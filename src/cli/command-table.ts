import type {ArgumentSpec, CommandSpec, OptionSpec, RunCommand} from './command-spec.ts';
import {ALL, CUSTOMER, DATA, DRY_RUN, FOR, HOST, MESSAGE, READ_ONLY, SERVICE, SITE, THEME} from './options.ts';

const TARGETS: ArgumentSpec = {name: 'TARGET', count: 'many'};
const FILTER: ArgumentSpec = {name: 'FILTER', count: 'any'};

const BACKUP: readonly OptionSpec[] = [
  {name: 'object', value: 'OBJECT'},
  {name: 'job', value: 'JOB'},
  {name: 'copy', value: 'NAME', isRepeatable: true},
  {name: 'format', value: 'FORMAT', choices: ['restic', 'borg', 'pbs', 'veeam', 'generic']},
];

function command(
  path: string,
  args: ArgumentSpec | null,
  options: readonly OptionSpec[],
  load: () => Promise<RunCommand>,
): CommandSpec {
  return {path, arguments: args, options, isQuick: args === TARGETS, load};
}

/** Every command, in the order of the help. What it is for stands in the catalogue under `cli.command`. */
export const COMMANDS: readonly CommandSpec[] = [
  command('console', null, [READ_ONLY, THEME], async () => (await import('./commands/console.ts')).runConsoleCommand),
  command(
    'wall',
    null,
    [
      {name: 'rotate', value: 'DURATION', kind: 'duration'},
      {name: 'pages', value: 'LIST'},
      {name: 'scale', value: 'N'},
      {name: 'dim', value: 'HH:MM-HH:MM'},
      {name: 'restart'},
      CUSTOMER,
    ],
    async () => (await import('./commands/wall.ts')).runWallCommand,
  ),
  command(
    'demo',
    null,
    [{name: 'headless'}, {name: 'seconds', value: 'N', kind: 'count'}, READ_ONLY, THEME],
    async () => (await import('./commands/demo.ts')).runDemoCommand,
  ),
  command(
    'collector',
    null,
    [{name: 'config', value: 'FILE', isRequired: true}, DATA, {name: 'listen', value: 'HOST:PORT'}],
    async () => (await import('./commands/collector.ts')).runCollectorCommand,
  ),
  command(
    'config check',
    {name: 'FILE', count: 'one'},
    [],
    async () => (await import('./commands/config-check.ts')).runConfigCheck,
  ),
  command(
    'config init',
    {name: 'FILE', count: 'optional'},
    [],
    async () => (await import('./commands/config-init.ts')).runConfigInit,
  ),
  command('config path', null, [], async () => (await import('./commands/config-path.ts')).runConfigPath),
  command(
    'token create',
    null,
    [
      {name: 'name', value: 'NAME', isRequired: true},
      {name: 'role', value: 'ROLE', choices: ['viewer', 'technician', 'admin', 'ingest'], isRequired: true},
      CUSTOMER,
      {name: 'expires', value: 'DURATION', kind: 'duration'},
      DATA,
    ],
    async () => (await import('./commands/token-create.ts')).runTokenCreate,
  ),
  command('token list', null, [DATA], async () => (await import('./commands/token-list.ts')).runTokenList),
  command(
    'token revoke',
    {name: 'TOKEN', count: 'one'},
    [DATA],
    async () => (await import('./commands/token-revoke.ts')).runTokenRevoke,
  ),
  command(
    'audit verify',
    null,
    [DATA, {name: 'anchor', value: 'FILE'}],
    async () => (await import('./commands/audit-verify.ts')).runAuditVerify,
  ),
  command('alerts', FILTER, [ALL, {name: 'watch'}], async () => (await import('./commands/alerts.ts')).runAlerts),
  command('hosts', FILTER, [], async () => (await import('./commands/hosts.ts')).runHosts),
  command('customers', null, [], async () => (await import('./commands/customers.ts')).runCustomers),
  command('sla', null, [CUSTOMER], async () => (await import('./commands/sla.ts')).runSla),
  command('sources', null, [], async () => (await import('./commands/sources.ts')).runSources),
  command(
    'ack',
    TARGETS,
    [MESSAGE, FOR, {name: 'sticky'}, ALL, DRY_RUN],
    async () => (await import('./commands/ack.ts')).runAck,
  ),
  command('unack', TARGETS, [ALL, DRY_RUN], async () => (await import('./commands/unack.ts')).runUnack),
  command(
    'escalate',
    TARGETS,
    [{name: 'to', value: 'LEVEL', kind: 'count'}, ALL, DRY_RUN],
    async () => (await import('./commands/escalate.ts')).runEscalate,
  ),
  command(
    'note',
    TARGETS,
    [MESSAGE, {name: 'customer-visible'}, ALL, DRY_RUN],
    async () => (await import('./commands/note.ts')).runNote,
  ),
  command(
    'snooze',
    TARGETS,
    [{...FOR, isRequired: true}, ALL, DRY_RUN],
    async () => (await import('./commands/snooze.ts')).runSnooze,
  ),
  command(
    'pause',
    TARGETS,
    [MESSAGE, {name: 'reason', value: 'TEXT', isRequired: true}, ALL, DRY_RUN],
    async () => (await import('./commands/pause.ts')).runPause,
  ),
  command('resume', TARGETS, [ALL, DRY_RUN], async () => (await import('./commands/resume.ts')).runResume),
  command(
    'priority',
    TARGETS,
    [MESSAGE, {name: 'from-change'}, ALL, DRY_RUN],
    async () => (await import('./commands/priority.ts')).runPriority,
  ),
  command('resolve', TARGETS, [ALL, DRY_RUN], async () => (await import('./commands/resolve.ts')).runResolve),
  command(
    'downtime',
    null,
    [CUSTOMER, SITE, HOST, SERVICE, {...FOR, isRequired: true}, MESSAGE],
    async () => (await import('./commands/downtime.ts')).runDowntime,
  ),
  command('downtime list', null, [ALL], async () => (await import('./commands/downtime-list.ts')).runDowntimeList),
  command(
    'downtime cancel',
    {name: 'ID', count: 'many'},
    [],
    async () => (await import('./commands/downtime-cancel.ts')).runDowntimeCancel,
  ),
  command(
    'report alert',
    null,
    [
      CUSTOMER,
      SITE,
      HOST,
      SERVICE,
      {name: 'severity', value: 'SEVERITY', choices: ['critical', 'warning', 'unknown', 'ok']},
      {name: 'summary', value: 'TEXT'},
      {name: 'key', value: 'KEY'},
      {name: 'label', value: 'NAME=VALUE', isRepeatable: true},
      {name: 'runbook', value: 'LINK'},
      {name: 'resolved'},
    ],
    async () => (await import('./commands/report-alert.ts')).runReportAlert,
  ),
  command(
    'report heartbeat',
    null,
    [
      CUSTOMER,
      SITE,
      HOST,
      SERVICE,
      {name: 'key', value: 'KEY'},
      {name: 'every', value: 'DURATION', kind: 'duration'},
      {name: 'grace', value: 'DURATION', kind: 'duration'},
      {name: 'runbook', value: 'LINK'},
    ],
    async () => (await import('./commands/report-heartbeat.ts')).runReportHeartbeat,
  ),
  command(
    'report backup',
    null,
    [
      CUSTOMER,
      ...BACKUP,
      {name: 'result', value: 'RESULT', choices: ['success', 'warning', 'failed', 'running']},
      {name: 'exit-code', value: 'N', kind: 'count'},
      {name: 'check'},
      {name: 'repository'},
    ],
    async () => (await import('./commands/report-backup.ts')).runReportBackup,
  ),
  command(
    'report restore-test',
    null,
    [
      CUSTOMER,
      {name: 'object', value: 'OBJECT', isRequired: true},
      {name: 'job', value: 'JOB'},
      {name: 'result', value: 'RESULT', choices: ['passed', 'failed'], isRequired: true},
      {name: 'scope', value: 'SCOPE', choices: ['file', 'application', 'full']},
      {name: 'rto', value: 'DURATION', kind: 'duration'},
      {name: 'point', value: 'TIME'},
      MESSAGE,
    ],
    async () => (await import('./commands/report-restore-test.ts')).runReportRestoreTest,
  ),
  command(
    'run-backup',
    {name: 'COMMAND', count: 'many'},
    [CUSTOMER, ...BACKUP],
    async () => (await import('./commands/run-backup.ts')).runRunBackup,
  ),
  command('backups', null, [CUSTOMER], async () => (await import('./commands/backups.ts')).runBackups),
  command(
    'report customer',
    {name: 'ID', count: 'one'},
    [{name: 'month', value: 'YYYY-MM', isRequired: true}],
    async () => (await import('./commands/report-customer.ts')).runReportCustomer,
  ),
  command(
    'handover',
    null,
    [{name: 'since', value: 'DURATION', kind: 'duration'}],
    async () => (await import('./commands/handover.ts')).runHandover,
  ),
  command('doctor', null, [], async () => (await import('./commands/doctor.ts')).runDoctor),
  command(
    'completion',
    {name: 'SHELL', count: 'one'},
    [],
    async () => (await import('./commands/completion.ts')).runCompletion,
  ),
];
