import type { CertificateFile, CertifiedEntry, UnsignedCertificateFile } from '#shared/contracts/playlists/certificate.ts';

/** Input of a list's digest: one line per entry, only fields that never change after the list is created. */
export function entriesText(entries: readonly Pick<CertifiedEntry, 'position' | 'recordingId' | 'trackId' | 'placementId' | 'firstDay'>[]): string {
  return entries.map((e) => [e.position, e.recordingId, e.trackId, e.placementId, e.firstDay].join('\t')).join('\n');
}

/** Input of a day's link in a playlist's hash chain: the previous link, the day, and the digest of its list. */
export function linkText(link: { readonly previous: string | null; readonly day: string; readonly list: string }): string {
  return [link.previous ?? '', link.day, link.list].join('\t');
}

/** A list as input of the chain. Without recording ids, because recordings may be merged later; tracks, positions and stays never change. */
export function chainedListText(entries: readonly { readonly trackId: string; readonly placementId: number; readonly firstDay: string }[]): string {
  return entries.map((e, at) => [at + 1, e.trackId, e.placementId, e.firstDay].join('\t')).join('\n');
}

/** The day whose list a certificate is about: its own day, or an earlier one that was shown again. */
export function listDayOf({ day, listDay }: Pick<UnsignedCertificateFile, 'day' | 'listDay'>): string {
  return listDay ?? day;
}

/** Input of the seal of a certificate without signature: every field but the seal. */
export function sealedText({ seal: _seal, ...content }: Omit<UnsignedCertificateFile, 'seal'> & { readonly seal?: string }): string {
  return JSON.stringify(content);
}

/** A certificate as file content. Verification accepts only this exact form, so that every changed byte is detected. */
export function certificateText(certificate: CertificateFile | UnsignedCertificateFile): string {
  return `${JSON.stringify(certificate, null, 2)}\n`;
}
