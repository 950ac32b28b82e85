const MARKER = /segue:([0-9a-z]{12})(?![0-9a-z])/i;

/** The marker in a replica's description by which it is found again after a crash: short, unique and harmless to a reader. */
export function markerFor(replicaId: string): string {
  // The end of a UUID is random in every version; the start of a v7 is the time.
  return `segue:${replicaId.replaceAll('-', '').toLowerCase().slice(-12)}`;
}

/** The marker in a description as Spotify returns it (possibly HTML-escaped); null when there is none. */
export function findMarker(description: string | null): string | null {
  const match = MARKER.exec(unescapeHtml(description ?? ''));
  return match?.[1] ? `segue:${match[1].toLowerCase()}` : null;
}

/** Decodes the HTML entities that Spotify puts into descriptions. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (escape) => {
    const name = escape.slice(1, -1).toLowerCase();
    if (!name.startsWith('#')) return NAMED_ENTITIES[name] ?? escape;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : escape;
  });
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
