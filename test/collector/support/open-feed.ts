import {DatabaseSync} from 'node:sqlite';
import {Feed} from '../../../src/collector/hub/feed.ts';
import {migrate} from '../../../src/collector/store/database.ts';
import {LogReader} from '../../../src/collector/store/log-reader.ts';
import {toRow} from '../../../src/collector/store/log-row.ts';
import type {LogEntry} from '../../../src/domain/event.ts';

/** A feed over an empty log on disk, with these entries in memory. */
export function openFeed(entries: readonly LogEntry[]): Feed {
  const database = new DatabaseSync(':memory:');
  migrate(database, 'e');
  const feed = new Feed(new LogReader(database), 0);
  feed.append(entries.map(toRow));
  return feed;
}
