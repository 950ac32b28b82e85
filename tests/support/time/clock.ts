/** A clock that runs in real time and can be advanced or set. */
export function createTestClock(at?: string) {
  let aheadMs = at === undefined ? 0 : Date.parse(at) - Date.now();
  return {
    now: () => new Date(Date.now() + aheadMs),
    advance: (ms: number) => {
      aheadMs += ms;
    },
    set: (instant: string) => {
      aheadMs = Date.parse(instant) - Date.now();
    },
  };
}
