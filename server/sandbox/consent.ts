/**
 * Approves the sandbox's consent page as one of its users, as a browser would, and returns the redirect's parameters.
 * Throws when the page rejects the request: wrong app, wrong redirect URI, unknown user.
 */
export async function consentAs(authorizeUrl: string, person: string): Promise<{ code: string; state: string }> {
  const page = new URL(authorizeUrl);
  page.searchParams.set('sandbox_user', person);
  page.searchParams.set('sandbox_consent', 'yes');
  const response = await fetch(page, { redirect: 'manual' });
  const location = response.headers.get('location');
  const params = location ? new URL(location).searchParams : undefined;
  const code = params?.get('code');
  const state = params?.get('state');
  if (!code || !state) throw new Error(`The sandbox did not accept the consent of ${person}: ${response.status} ${params?.get('error') ?? ''}`);
  return { code, state };
}
