/** The part of a query's state that decides whether it is refetched automatically. */
export interface PolledQuery {
  readonly state: { readonly status: string; readonly data: unknown };
}

/** A `refetchInterval` that stops when the first load failed: the error stays on screen with its "Try again" instead of flickering to a skeleton. */
export const refetchUnlessFailed =
  (ms: number) =>
  ({ state }: PolledQuery): number | false =>
    state.status === 'error' && state.data === undefined ? false : ms;
