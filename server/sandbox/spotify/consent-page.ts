import type { World } from './world.ts';

/** A plain page that says what it is: choose one of the sandbox's people, see what the app asks for, agree or not. */
export function consentPage(world: World, query: URLSearchParams): string {
  const scopes = (query.get('scope') ?? '').split(/[\s+]+/).filter((scope) => scope !== '');
  const kept = [...query]
    .filter(([name]) => !name.startsWith('sandbox_'))
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  const people = [...world.state.people.values()].map(
    ({ id, displayName, allowListed }, i) =>
      `<label><input type="radio" name="sandbox_user" value="${escape(id)}"${i === 0 ? ' checked' : ''}> ${escape(displayName)} <small>${escape(id)}${allowListed ? '' : ' · not on the app’s list'}</small></label>`,
  );
  const asked =
    scopes.length > 0 ? `<ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>` : '<p>Only what is public.</p>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sandbox sign-in</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:10vh auto;padding:0 1.5rem;color:#1c1b19;background:#f6f3ec}
@media(prefers-color-scheme:dark){body{color:#ece7dc;background:#161513}}
h1{font:500 1.6rem/1.2 Georgia,serif}label{display:block;padding:.5rem 0;border-bottom:1px solid #8884}small{opacity:.65;margin-left:.5rem}
ul{padding-left:1.2rem}button{font:inherit;padding:.6rem 1.4rem;margin:1.2rem .6rem 0 0;border:1px solid currentColor;background:none;color:inherit;border-radius:4px;cursor:pointer}
button[value=yes]{background:#1c1b19;color:#f6f3ec}</style></head><body><h1>Sign in to the sandbox</h1>
<p>This is Segue’s stand-in for Spotify’s sign-in page. No real account is involved.</p>
<form method="get" action="/authorize">${kept.join('')}<fieldset style="border:0;padding:0"><legend>Who are you?</legend>${people.join('')}</fieldset>
<p>The app <code>${escape(query.get('client_id') ?? '')}</code> asks for:</p>${asked}
<button name="sandbox_consent" value="yes">Agree</button><button name="sandbox_consent" value="no">Cancel</button></form></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(raw: string): string {
  return raw.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
