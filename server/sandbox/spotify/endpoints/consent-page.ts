import { escapeHtml, sandboxPage } from './page.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** The sandbox's consent page: choose a user, see the requested scopes, agree or cancel. */
export function consentPage(sandbox: SandboxContext, query: URLSearchParams): string {
  const scopes = (query.get('scope') ?? '').split(/[\s+]+/).filter((scope) => scope !== '');
  const hiddenFields = [...query]
    .filter(([name]) => !name.startsWith('sandbox_'))
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const people = [...sandbox.state.people.values()].map(
    ({ id, displayName, allowListed }, i) =>
      `<label><input type="radio" name="sandbox_user" value="${escapeHtml(id)}"${i === 0 ? ' checked' : ''}> ${escapeHtml(displayName)} <small>${escapeHtml(id)}${allowListed ? '' : ' · not on the app’s list of users'}</small></label>`,
  );
  const scopeList =
    scopes.length > 0 ? `<ul>${scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')}</ul>` : '<p>Public data only.</p>';
  return sandboxPage(
    'Sign in to the sandbox',
    `<p>Sandbox: this page simulates Spotify’s sign-in. No real account is involved.</p>
<form method="get" action="/authorize">${hiddenFields.join('')}<fieldset style="border:0;padding:0"><legend>Choose a user</legend>${people.join('')}</fieldset>
<p>The app <code>${escapeHtml(query.get('client_id') ?? '')}</code> requests:</p>${scopeList}
<button name="sandbox_consent" value="yes">Agree</button><button name="sandbox_consent" value="no">Cancel</button></form>`,
  );
}
