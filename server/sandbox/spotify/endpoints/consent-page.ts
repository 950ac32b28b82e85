import { escapeHtml, sandboxPage } from './page.ts';
import type { World } from '../state/world.ts';

/** A plain page that says what it is: choose one of the sandbox's people, see what the app asks for, agree or not. */
export function consentPage(world: World, query: URLSearchParams): string {
  const scopes = (query.get('scope') ?? '').split(/[\s+]+/).filter((scope) => scope !== '');
  const kept = [...query]
    .filter(([name]) => !name.startsWith('sandbox_'))
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const people = [...world.state.people.values()].map(
    ({ id, displayName, allowListed }, i) =>
      `<label><input type="radio" name="sandbox_user" value="${escapeHtml(id)}"${i === 0 ? ' checked' : ''}> ${escapeHtml(displayName)} <small>${escapeHtml(id)}${allowListed ? '' : ' · not on the app’s list'}</small></label>`,
  );
  const asked =
    scopes.length > 0 ? `<ul>${scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')}</ul>` : '<p>Only what is public.</p>';
  return sandboxPage(
    'Sign in to the sandbox',
    `<p>This is Segue’s stand-in for Spotify’s sign-in page. No real account is involved.</p>
<form method="get" action="/authorize">${kept.join('')}<fieldset style="border:0;padding:0"><legend>Who are you?</legend>${people.join('')}</fieldset>
<p>The app <code>${escapeHtml(query.get('client_id') ?? '')}</code> asks for:</p>${asked}
<button name="sandbox_consent" value="yes">Agree</button><button name="sandbox_consent" value="no">Cancel</button></form>`,
  );
}
