import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

/** What Node's fetch did for one call. */
interface SentState {
  isSeen: boolean;
  isSent: boolean;
}

const calls = new AsyncLocalStorage<SentState>();
const byRequest = new WeakMap<object, SentState>();
let isSubscribed = false;

/**
 * Runs one call of Google's client, which hides why its fetch failed. `wasSent` is false only when Node made a request and never wrote it to a
 * connection: then the vendor cannot have received it. In doubt it is true.
 */
export async function watchSending<T>(work: () => Promise<T>, onFailure: (error: unknown, wasSent: boolean) => unknown): Promise<T> {
  subscribeOnce();
  const state: SentState = { isSeen: false, isSent: false };
  try {
    return await calls.run(state, work);
  } catch (error) {
    throw onFailure(error, state.isSent || !state.isSeen);
  }
}

function subscribeOnce(): void {
  if (isSubscribed) return;
  isSubscribed = true;
  subscribe('undici:request:create', (message) => {
    const state = calls.getStore();
    if (!state) return;
    state.isSeen = true;
    byRequest.set(requestOf(message), state);
  });
  subscribe('undici:client:sendHeaders', (message) => {
    const state = byRequest.get(requestOf(message));
    if (state) state.isSent = true;
  });
}

const requestOf = (message: unknown): object => (message as { readonly request: object }).request;
