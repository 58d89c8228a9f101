/** What every check of these tests has; of no interest to them. */
export const probe = {
  host: 'srv',
  customer: 'acme',
  site: '',
  service: 'x',
  everyMs: 60_000,
  retryEveryMs: 60_000,
  timeoutMs: 10_000,
  maxAttempts: 3,
  graceMs: null,
  runbook: null,
} as const;
