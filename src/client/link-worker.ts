// The thread that keeps the links and the outbox of a face: whatever the terminal does, the line stays.
import {parentPort, workerData} from 'node:worker_threads';
import {realOutside} from '../runtime/outside-real.ts';
import {LinkAgent} from './agent.ts';
import type {CollectorLink} from './link.ts';
import {Outbox} from './outbox.ts';
import {Outflow} from './outflow.ts';
import {dialWebSocket} from './socket.ts';
import type {FromWorker, ToWorker, WorkerStart} from './worker-messages.ts';

const port = parentPort;
if (port === null) throw new Error('link-worker runs as a worker thread alone');

const {collectors, outboxFolder, as} = workerData as WorkerStart;
const post = (message: FromWorker): void => port.postMessage(message);

const onEachLink = (act: (link: CollectorLink) => void): void => {
  for (const {url} of collectors) {
    const link = agent.link(url);
    if (link !== undefined) act(link);
  }
};

const outflow = new Outflow(realOutside.timers, batch => post({type: 'batch', batch}), {
  setPaused: isPaused => onEachLink(link => link.setPaused(isPaused)),
  hold: () => onEachLink(link => link.hold()),
  release: () => onEachLink(link => link.release()),
});

const agent = new LinkAgent(
  {
    collectors,
    outbox: new Outbox(outboxFolder),
    keepsCommands: true,
    as,
    wantsPicture: true,
    dial: dialWebSocket,
    outside: realOutside,
  },
  {
    onStatus: (collector, status) => outflow.tell({type: 'status', collector, status}),
    onPicture: (collector, _frame, text) => outflow.tell({type: 'picture', collector, text}),
    onCommand: command => outflow.tell({type: 'command', command}),
  },
);

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'command':
      agent.command(...message.with);
      return;
    case 'watch':
      agent.watch(...message.with);
      return;
    case 'ask':
      agent.ask(...message.with);
      return;
    case 'resync':
      agent.resync(...message.with);
      return;
    case 'reconnect':
      agent.reconnect();
      return;
    case 'taken':
      outflow.taken(message.size);
      return;
    case 'close':
      agent.close().then(() => {
        outflow.close();
        post({type: 'closed'});
        port.close();
      });
      return;
    default:
      message satisfies never;
  }
});

agent.open();
