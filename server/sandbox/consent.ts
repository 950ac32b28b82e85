/**
 * Says yes on the sandbox's consent page as one of its people, as a browser would, and answers what the redirect carried.
 * Throws when the page refused: wrong app, wrong redirect address, nobody of that name.
 */
export async function consentAs(authorizeUrl: string, person: string): Promise<{ code: string; state: string }> {
  const page = new URL(authorizeUrl);
  page.searchParams.set('sandbox_user', person);
  page.searchParams.set('sandbox_consent', 'yes');
  const answer = await fetch(page, { redirect: 'manual' });
  const location = answer.headers.get('location');
  const carried = location ? new URL(location).searchParams : undefined;
  const code = carried?.get('code');
  const state = carried?.get('state');
  if (!code || !state) throw new Error(`The sandbox did not consent as ${person}: ${answer.status} ${carried?.get('error') ?? ''}`);
  return { code, state };
}
