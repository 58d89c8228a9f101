// The thread that writes the log: an fsync holds up nobody but those who wait for it.
import {parentPort, workerData} from 'node:worker_threads';
import {Fault} from '../../domain/fault.ts';
import {hmacSha256} from '../hmac.ts';
import {openDatabase} from './database.ts';
import {SqliteJournal} from './journal.ts';
import {type FromJournal, type JournalStart, type ToJournal, unpack} from './journal-messages.ts';

const port = parentPort;
if (port === null) throw new Error('journal-worker runs as a worker thread alone');

const {folder, key} = workerData as JournalStart;
const journal = new SqliteJournal(openDatabase(folder), hmacSha256(key));
const answer = (message: FromJournal): void => port.postMessage(message);

async function handle(message: ToJournal): Promise<void> {
  if (message.type === 'commit') await journal.commit(unpack(message.batch));
  else await journal.close();
}

port.on('message', (message: ToJournal) => {
  handle(message).then(
    () => answer({type: 'done'}),
    (error: unknown) =>
      answer({type: 'failed', reason: error instanceof Fault ? String(error.values.reason) : String(error)}),
  );
});
answer({type: 'open'});
