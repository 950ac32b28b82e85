import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { describe, expect, test } from 'vitest';
import {
  sendRequest,
  caller,
  CLIENT_ID,
  codeOf,
  consent,
  REDIRECT_URI,
  refreshForm,
  startSignedInSandbox,
  signIn,
  tokenRequest,
  VERIFIER,
} from '../fixtures/sandbox-caller.ts';

const DAY_MS = 86_400_000;
const exchange = (code: string) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: REDIRECT_URI,
  client_id: CLIENT_ID,
  code_verifier: VERIFIER,
});

describe('the authorize page', () => {
  test('lists the people of the sandbox and the requested scopes, and escapes its parameters', async () => {
    await using sandbox = await startSpotifySandbox();
    const page = await sendRequest(
      `${sandbox.accountsUrl}/authorize?client_id=${encodeURIComponent('<b>x')}&response_type=code&redirect_uri=${encodeURIComponent(REDIRECT_URI)}&scope=user-top-read`,
    );
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('Mara Ellison');
    expect(page.text).toContain('user-top-read');
    expect(page.text).not.toContain('<b>x');
  });

  test.each([
    ['http://localhost:3000/cb', 400],
    ['https://localhost:3000/cb', 400],
    ['http://example.org/cb', 400],
    ['not a url', 400],
    ['javascript:alert(1)', 400],
    ['https://segue.example.org/cb', 302, ['https://segue.example.org/cb']],
    ['https://segue.example.org/cb', 400, undefined, 'This redirect URI is not registered'],
    ['http://127.0.0.1:3000/cb', 302],
    ['http://[::1]:3000/cb', 302],
    ['segue://callback', 302, ['segue://callback']],
    ['segue://callback', 400, undefined, 'This redirect URI is not registered'],
  ])('answers %s with %i', async (redirect_uri, status, redirectUris?: string[], reason = 'INVALID_CLIENT: Invalid redirect URI') => {
    await using sandbox = await startSpotifySandbox(redirectUris ? { client: { redirectUris } } : {});
    const reply = await consent(sandbox, { redirect_uri });
    expect(reply.status).toBe(status);
    if (status === 400) expect(reply.text).toContain(reason);
  });

  test('another site’s page cannot give consent for a person: the consent page is shown', async () => {
    await using sandbox = await startSpotifySandbox();
    const query = { client_id: CLIENT_ID, response_type: 'code', redirect_uri: REDIRECT_URI, sandbox_user: 'mara', sandbox_consent: 'yes' };
    const ask = (site: string) =>
      sendRequest(`${sandbox.accountsUrl}/authorize?${new URLSearchParams(query)}`, { headers: { 'sec-fetch-site': site } });
    for (const site of ['cross-site', 'same-site']) expect((await ask(site)).text).toContain('Choose a user');
    for (const site of ['same-origin', 'none']) expect((await ask(site)).status).toBe(302);
  });

  test('a loopback address registered without a port matches any port, other addresses only themselves', async () => {
    await using sandbox = await startSpotifySandbox({
      client: { id: CLIENT_ID, redirectUris: ['http://127.0.0.1/auth/spotify/callback', 'https://a.example/cb'] },
    });
    expect((await consent(sandbox)).status).toBe(302);
    expect((await consent(sandbox, { redirect_uri: 'http://127.0.0.1:3000/other' })).status).toBe(400);
    expect((await consent(sandbox, { redirect_uri: 'https://a.example/cb?x=1' })).status).toBe(400);
    expect((await consent(sandbox, { client_id: 'another' })).text).toBe('INVALID_CLIENT: Invalid client');
  });

  test('redirects implicit grants and refusals to the app with its state', async () => {
    await using sandbox = await startSpotifySandbox();
    const implicit = new URL((await consent(sandbox, { response_type: 'token' })).headers.get('location')!);
    expect(Object.fromEntries(implicit.searchParams)).toEqual({ error: 'unsupported_response_type', state: 'state-1' });
    const denied = new URL((await consent(sandbox, { sandbox_consent: 'no' })).headers.get('location')!);
    expect(Object.fromEntries(denied.searchParams)).toEqual({ error: 'access_denied', state: 'state-1' });
    const plain = new URL((await consent(sandbox, { code_challenge_method: 'plain' })).headers.get('location')!);
    expect(plain.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('the token endpoint', () => {
  test('exchanges a code once, within ten minutes, with the matching verifier', async () => {
    await using sandbox = await startSpotifySandbox();
    const wrong = await tokenRequest(sandbox, { ...exchange(codeOf(await consent(sandbox))), code_verifier: 'x'.repeat(50) });
    expect([wrong.status, wrong.json]).toEqual([400, { error: 'invalid_grant', error_description: 'code_verifier was incorrect' }]);
    const code = codeOf(await consent(sandbox));
    const first = await tokenRequest(sandbox, exchange(code));
    expect(first.json).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.any(String),
      scope: expect.stringContaining('user-top-read'),
    });
    expect((await tokenRequest(sandbox, exchange(code))).json).toEqual({ error: 'invalid_grant', error_description: 'Invalid authorization code' });
    const late = codeOf(await consent(sandbox));
    sandbox.control.advance(10 * 60_000);
    expect((await tokenRequest(sandbox, exchange(late))).json.error_description).toBe('Invalid authorization code');
  });

  test('requires the redirect address of the consent', async () => {
    await using sandbox = await startSpotifySandbox();
    const reply = await tokenRequest(sandbox, { ...exchange(codeOf(await consent(sandbox))), redirect_uri: 'https://other.example/cb' });
    expect([reply.status, reply.json.error]).toEqual([400, 'invalid_grant']);
  });

  test('rotates refresh tokens of public clients and refuses a used one', async () => {
    await using sandbox = await startSpotifySandbox();
    const { refresh_token: first } = await signIn(sandbox);
    const { refresh_token: second } = (await tokenRequest(sandbox, refreshForm(first))).json;
    expect(second).not.toBe(first);
    expect((await tokenRequest(sandbox, refreshForm(first))).json).toEqual({ error: 'invalid_grant', error_description: 'Refresh token revoked' });
    expect((await tokenRequest(sandbox, refreshForm(second))).status).toBe(200);
  });

  test('keeps the refresh token where rotation is off, and always for confidential clients', async () => {
    await using unrotated = await startSpotifySandbox({ rotation: false });
    const { refresh_token: unchanged } = await signIn(unrotated);
    expect((await tokenRequest(unrotated, refreshForm(unchanged))).json.refresh_token).toBeUndefined();
    expect((await tokenRequest(unrotated, refreshForm(unchanged))).status).toBe(200);

    await using rotating = await startSpotifySandbox();
    const code = codeOf(await consent(rotating));
    const { refresh_token: confidential } = (await tokenRequest(rotating, exchange(code), 'secret')).json;
    const form = { grant_type: 'refresh_token', refresh_token: confidential };
    expect((await tokenRequest(rotating, form, 'secret')).json.refresh_token).toBeUndefined();
    expect((await tokenRequest(rotating, form, 'secret')).status).toBe(200);
    expect((await tokenRequest(rotating, refreshForm(confidential))).json.error).toBe('invalid_client');
  });

  test('a refresh token expires six months after consent, however often it was refreshed', async () => {
    await using sandbox = await startSpotifySandbox();
    let { refresh_token: token } = await signIn(sandbox);
    for (let month = 0; month < 5; month++) {
      sandbox.control.advance(30 * DAY_MS);
      token = (await tokenRequest(sandbox, refreshForm(token))).json.refresh_token;
    }
    sandbox.control.advance(35 * DAY_MS);
    expect((await tokenRequest(sandbox, refreshForm(token))).json).toEqual({ error: 'invalid_grant', error_description: 'Refresh token revoked' });
  });

  test('client credentials read public data, have no person and cannot be refreshed', async () => {
    await using sandbox = await startSpotifySandbox();
    const { json } = await tokenRequest(sandbox, { grant_type: 'client_credentials' }, 'secret');
    expect(Object.keys(json)).toEqual(['access_token', 'token_type', 'expires_in']);
    const call = caller(sandbox, json.access_token);
    expect((await call('GET', `/albums/${sandbox.control.catalog.albumIdAt(0)}`)).status).toBe(200);
    expect((await call('GET', '/me')).status).toBe(401);
    expect((await tokenRequest(sandbox, { grant_type: 'client_credentials', client_id: CLIENT_ID })).json.error).toBe('invalid_client');
  });

  test('accepts a registered client only with its secret', async () => {
    await using sandbox = await startSpotifySandbox({ client: { id: CLIENT_ID, secret: 'right' } });
    expect((await tokenRequest(sandbox, { grant_type: 'client_credentials' }, 'wrong')).json).toEqual({
      error: 'invalid_client',
      error_description: 'Invalid client secret',
    });
    expect((await tokenRequest(sandbox, { grant_type: 'client_credentials' }, 'right')).status).toBe(200);
  });

  test('a person who removes the app revokes the refresh token', async () => {
    await using sandbox = await startSpotifySandbox();
    const { refresh_token: token } = await signIn(sandbox);
    sandbox.control.revoke('mara');
    expect((await tokenRequest(sandbox, refreshForm(token))).json.error).toBe('invalid_grant');
  });
});

describe('a bearer token', () => {
  test('is required, must be known, and lasts an hour', async () => {
    await using app = await startSignedInSandbox();
    const { sandbox, control, tokens } = app;
    expect((await sendRequest(`${sandbox.apiUrl}/me`)).json).toEqual({ error: { status: 401, message: 'No token provided' } });
    expect((await sendRequest(`${sandbox.apiUrl}/me`, { headers: { authorization: 'Basic eDp5' } })).json.error).toEqual({
      status: 400,
      message: 'Only valid bearer authentication supported',
    });
    expect((await caller(sandbox, 'nonsense')('GET', '/me')).json.error.message).toBe('Invalid access token');
    control.advance(tokens.expires_in * 1000);
    expect((await app.call('GET', '/me')).json).toEqual({ error: { status: 401, message: 'The access token expired' } });
  });

  test('of a person not on the allowlist is refused in plain text, except with extended quota', async () => {
    await using app = await startSignedInSandbox({ person: 'stranger' });
    const refused = await app.call('GET', '/me');
    expect([refused.status, refused.text, refused.headers.get('content-type')]).toEqual([
      403,
      'User not registered in the Developer Dashboard',
      'text/plain; charset=utf-8',
    ]);
    await using extended = await startSignedInSandbox({ person: 'stranger', profile: 'extended' });
    expect((await extended.call('GET', '/me')).status).toBe(200);
  });

  test('is refused while the owner of the app has no Premium', async () => {
    await using app = await startSignedInSandbox();
    app.control.setSwitches({ ownerHasPremium: false });
    const refused = await app.call('GET', '/me');
    expect([refused.status, refused.json.error.message]).toEqual([403, expect.stringMatching(/^Active premium subscription required/)]);
  });
});
