/** An origin that exists nowhere: whatever leaves it when resolved would have left ours. */
const NOWHERE = 'https://segue.invalid';
/** Doors, not pages: coming back to one of them would begin again or show bare data. */
const NOT_A_PAGE = /^\/(auth|trpc|api|mcp)(\/|$)/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for: browsers drop some of them from addresses.
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The path to return to after signing in: on our own origin whatever was asked, else the front page. */
export function safeReturnPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > 2_000 || !asked.startsWith('/') || CONTROL.test(asked) || asked.includes('\\')) return '/';
  if (!URL.canParse(asked, NOWHERE)) return '/';
  const url = new URL(asked, NOWHERE);
  // Resolving can make a second slash out of dots (`/.//elsewhere`), and two slashes begin a host.
  if (url.origin !== NOWHERE || url.pathname.startsWith('//') || NOT_A_PAGE.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
