import {Agent, request} from 'node:http';

/** Alerts that change all the time, at hosts of one customer. */
export interface AlertStorm extends AsyncDisposable {
  /** Deliveries that the collector has taken so far. */
  readonly sent: number;
}

/**
 * Reports to a collector's generic source, one alert a delivery: each changes its severity and its text, so each is an event.
 *
 * @param onTaken - Called with each delivery that the collector has taken.
 */
export function alertStorm(options: {
  readonly url: string;
  readonly token: string;
  readonly hosts: number;
  readonly perSecond: number;
  readonly onTaken?: () => void;
}): AlertStorm {
  const {url, token, hosts, perSecond, onTaken} = options;
  const agent = new Agent({keepAlive: true});
  const headers = {'content-type': 'application/json', authorization: `Bearer ${token}`};
  let next = 0;
  let sent = 0;
  let isOver = false;
  const post = (): void => {
    const turn = next++;
    const item = {
      type: 'alert',
      customer: 'mueller',
      host: `srv-${String(turn % hosts).padStart(3, '0')}`,
      severity: Math.floor(turn / hosts) % 2 === 0 ? 'critical' : 'warning',
      summary: `Warteschlange ${turn} lang`,
    };
    const outgoing = request(`${url}/v1/ingest/custom`, {method: 'POST', headers, agent}, answer => {
      answer.resume();
      if (answer.statusCode !== 202) throw new Error(`the collector refused a report: ${answer.statusCode}`);
      sent++;
      onTaken?.();
    });
    outgoing.on('error', error => {
      if (!isOver) throw error;
    });
    outgoing.end(JSON.stringify(item));
  };
  const timer = setInterval(post, 1000 / perSecond);
  return {
    get sent() {
      return sent;
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      clearInterval(timer);
      agent.destroy();
    },
  };
}
