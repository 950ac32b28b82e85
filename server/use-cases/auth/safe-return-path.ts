/** An origin that does not exist: a path that leaves it when resolved would have left ours. */
const TEST_ORIGIN = 'https://segue.invalid';
/** Endpoints, not pages: returning to one would restart the sign-in or show raw data. */
const NOT_A_PAGE = /^\/(auth|trpc|api|mcp)(\/|$)/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for: browsers drop some of them from addresses.
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The path to return to after sign-in: always on our own origin, else the front page. */
export function safeReturnPath(requested: string | undefined): string {
  if (requested === undefined || requested.length > 2_000 || !requested.startsWith('/') || CONTROL.test(requested) || requested.includes('\\'))
    return '/';
  if (!URL.canParse(requested, TEST_ORIGIN)) return '/';
  const url = new URL(requested, TEST_ORIGIN);
  // Resolving can make a second slash out of dots (`/.//elsewhere`), and two slashes begin a host.
  if (url.origin !== TEST_ORIGIN || url.pathname.startsWith('//') || NOT_A_PAGE.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
