/** What of a query decides whether it is asked again by itself. */
export interface Asked {
  readonly state: { readonly status: string; readonly data: unknown };
}

/** A `refetchInterval` that stops where nothing came: an error that is told stays told, with its "Try again", and does not turn into grey every few seconds. */
export const lookAgainEvery =
  (ms: number) =>
  ({ state }: Asked): number | false =>
    state.status === 'error' && state.data === undefined ? false : ms;
