const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes HTML entities: Spotify returns playlist descriptions HTML-escaped. */
export function unescapeHtml(escaped: string): string {
  return escaped.replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/gi, (whole, entity: string) => decode(entity.toLowerCase()) ?? whole);
}

function decode(entity: string): string | undefined {
  if (!entity.startsWith('#')) return NAMED_ENTITIES[entity];
  const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
