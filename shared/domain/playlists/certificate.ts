import type { CertificateFile, CertifiedEntry } from '#shared/contracts/playlists/certificate.ts';

/** What the digest of a list is computed over: one line an entry. Only what never changes once the list is made. */
export function entriesText(entries: readonly Pick<CertifiedEntry, 'position' | 'recordingId' | 'trackId' | 'placementId' | 'firstDay'>[]): string {
  return entries.map((e) => [e.position, e.recordingId, e.trackId, e.placementId, e.firstDay].join('\t')).join('\n');
}

/** What a day's link of a playlist's chain is computed over: the day before's link, the day, and the digest of its list. */
export function linkText(link: { readonly previous: string | null; readonly day: string; readonly list: string }): string {
  return [link.previous ?? '', link.day, link.list].join('\t');
}

/** What a list counts for in the chain: recordings may be found to be one later, tracks, places and stays stand. */
export function chainedListText(entries: readonly { readonly trackId: string; readonly placementId: number; readonly firstDay: string }[]): string {
  return entries.map((e, at) => [at + 1, e.trackId, e.placementId, e.firstDay].join('\t')).join('\n');
}

/** What the seal of a certificate is computed over: everything before it. */
export function sealedText({ seal: _seal, ...rest }: Omit<CertificateFile, 'seal'> & { readonly seal?: string }): string {
  return JSON.stringify(rest);
}

/** A certificate as it is written to a file; the only form that is accepted, so that no byte can be changed unnoticed. */
export function certificateText(certificate: CertificateFile): string {
  return `${JSON.stringify(certificate, null, 2)}\n`;
}

/** A policy as its digest sees it: object keys in order, so that the same rules have the same digest however they were stored. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`)
    .join(',')}}`;
}
