const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for use in HTML content and attributes. */
export function escapeHtml(raw: string): string {
  return raw.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A plain HTML page that states that it is a sandbox. `body` is HTML, the title is text. */
export function sandboxPage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:10vh auto;padding:0 1.5rem;color:#1c1b19;background:#f6f3ec}
@media(prefers-color-scheme:dark){body{color:#ece7dc;background:#161513}}
h1{font:500 1.6rem/1.2 Georgia,serif}label{display:block;padding:.5rem 0;border-bottom:1px solid #8884}small{opacity:.7;margin-left:.5rem}p small{margin-left:0}
a{color:inherit}li{padding:.2rem 0}ul,ol{padding-left:1.6rem}footer{margin-top:3rem;opacity:.7}
button{font:inherit;padding:.6rem 1.4rem;margin:1.2rem .6rem 0 0;border:1px solid currentColor;background:none;color:inherit;border-radius:4px;cursor:pointer}
button[value=yes]{background:#1c1b19;color:#f6f3ec}</style></head><body><h1>${escapeHtml(title)}</h1>
${body}<footer><small>Segue sandbox. Spotify is simulated, and nothing can be played.</small></footer></body></html>`;
}
