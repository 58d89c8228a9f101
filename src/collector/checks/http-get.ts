import {Agent as HttpAgent} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import {Readable} from 'node:stream';
import fetch, {type Response} from 'node-fetch';
import {Fault} from '../../domain/fault.ts';
import type {DurationMs} from '../../domain/time.ts';
import type {Timers} from '../../runtime/outside.ts';
import {tlsOptions} from './tls-context.ts';

/** Until the connection stands, TLS included (security rule 38); the whole request is bounded by the caller's signal. */
const CONNECT_TIMEOUT_MS: DurationMs = 5000;

class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT';
}

/** An agent for one request, whose connection is given up when it does not stand in time. */
function agentFor(url: URL, tls: Awaited<ReturnType<typeof tlsOptions>>, timers: Timers): HttpAgent {
  const isTls = url.protocol === 'https:';
  const agent = isTls ? new HttpsAgent({keepAlive: false, ...tls}) : new HttpAgent({keepAlive: false});
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    if (socket === null || socket === undefined) return socket;
    const cancel = timers.after(CONNECT_TIMEOUT_MS, () => socket.destroy(new ConnectTimeout()));
    socket.once(isTls ? 'secureConnect' : 'connect', cancel);
    socket.once('close', cancel);
    return socket;
  };
  return agent;
}

/** What one GET needs. */
export interface Get {
  readonly url: string;
  /** PEM file of an extra authority. */
  readonly ca: string | null;
  readonly accept: string;
  /** Value of the `Authorization` header; a redirect is not followed, so it goes nowhere else. */
  readonly authorization?: string;
  readonly signal: AbortSignal;
  readonly timers: Timers;
}

/**
 * Asks a configured address: no redirects, no compression, no credentials in the address, TLS verified. Private and loopback
 * addresses are allowed, because the administrator has written them down (security rule 37).
 *
 * @returns The answer with its body unread: the caller reads as much as it wants and destroys the rest.
 * @throws {Fault} `CHECK_URL` or `CHECK_CA` when it cannot even be asked; anything else is an error of the network with its code.
 */
export async function httpGet({url, ca, accept, authorization, signal, timers}: Get): Promise<Response> {
  if (!URL.canParse(url)) throw new Fault('CHECK_URL', 'the address is not a URL');
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw new Fault('CHECK_URL', 'http or https wanted');
  if (parsed.username !== '' || parsed.password !== '') throw new Fault('CHECK_URL', 'credentials in the address');
  const agent = agentFor(parsed, await tlsOptions(ca), timers);
  return fetch(url, {
    agent,
    signal,
    redirect: 'manual',
    compress: false,
    headers: {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'nocturne',
      ...(authorization === undefined ? {} : {authorization}),
    },
  });
}

/** Lets go of an answer whose body is not wanted. */
export function discard(response: Response): void {
  if (response.body instanceof Readable) response.body.destroy();
}

/**
 * Gives `take` the pieces of a body until there are no more, or `most` bytes were given; the rest is never read.
 *
 * @returns Whether the whole body was given.
 */
export async function readBody(response: Response, most: number, take: (chunk: Uint8Array) => void): Promise<boolean> {
  const {body} = response;
  if (body === null) return true;
  let count = 0;
  for await (const chunk of body) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const room = most - count;
    take(bytes.length > room ? bytes.subarray(0, room) : bytes);
    count += bytes.length;
    // Leaving the loop destroys the stream.
    if (count > most) return false;
  }
  return true;
}
