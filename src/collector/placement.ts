import {type CustomerId, UNASSIGNED} from '../domain/address.ts';
import type {CustomerConfig, MatchRule, SourceConfig} from '../runtime/collector-config.ts';
import type {Place, Whereabouts} from './source.ts';

/**
 * Does `text` fit a pattern in which `*` stands for any run of characters?
 *
 * Each fixed part is looked for once, from where the one before it ended: the earliest place is always good enough, so nothing
 * is tried twice (security rule 35).
 */
export function fitsGlob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return pattern === text;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function ownValue(labels: Readonly<Record<string, string>>, name: string): string | null {
  const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
  return value === undefined || value === '' ? null : value;
}

/** A rule without any part fits nothing: an empty rule in a configuration must not swallow every alert. */
function fits(rule: MatchRule, what: Whereabouts): boolean {
  if (rule.label === null && rule.host === null) return false;
  if (rule.host !== null && !fitsGlob(rule.host.toLowerCase(), what.host.toLowerCase())) return false;
  if (rule.label === null) return true;
  const value = ownValue(what.labels, rule.label);
  return value !== null && (rule.value === null || fitsGlob(rule.value, value));
}

/**
 * Makes the function that gives things from outside to customers, as `Place` says; the first rule that fits wins, in the order of
 * the configuration.
 *
 * A word that names no configured customer decides nothing: it is looked at again by the rules, which may know it as a label.
 * Host names compare without case, ids and label values with it.
 */
export function createPlacement(customers: readonly CustomerConfig[]): Place {
  const ids = new Set(customers.map(customer => customer.id));
  const rules = customers.flatMap(customer => customer.match.map(rule => ({customer: customer.id, rule})));

  return (what: Whereabouts, source: SourceConfig): CustomerId => {
    if (what.customer !== null && ids.has(what.customer)) return what.customer;
    const labelled = source.customerLabel === null ? null : ownValue(what.labels, source.customerLabel);
    if (labelled !== null && ids.has(labelled)) return labelled;
    return rules.find(({rule}) => fits(rule, what))?.customer ?? source.customer ?? UNASSIGNED;
  };
}
