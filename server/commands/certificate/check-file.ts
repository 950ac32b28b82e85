import { certificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { certificateText, chainedListText, entriesText, linkText, sealedText } from '#shared/domain/playlists/certificate.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { createHash } from 'node:crypto';
import { z } from 'zod';

export type ReadCertificate =
  | { readonly kind: 'sound'; readonly certificate: CertificateFile }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** Reads a certificate and holds it against itself: its form to the byte, its seal, its digest, its positions and its windows. */
export function readCertificate(text: string): ReadCertificate {
  const json = parseJson(text);
  const parsed = certificateFile.safeParse(json);
  if (!parsed.success) return refused(whyUnreadable(text, json));
  const certificate = parsed.data;
  const { entries } = certificate;
  const reasons: string[] = [];
  if (text !== certificateText(certificate)) reasons.push('The certificate is not written as it was issued: some byte of it was changed.');
  if (certificate.seal !== sha256(sealedText(certificate))) reasons.push('The seal does not fit: something in the certificate was changed.');
  if (certificate.digest !== sha256(entriesText(entries)))
    reasons.push('The digest does not fit the entries: the list is not the one that was certified.');
  if (certificate.chain && certificate.chain.link !== ownLink(certificate, certificate.chain.previous))
    reasons.push('The chain does not lead to this list: its link is not over the day before and this day.');
  const circle = restScopeKey(certificate, { playlistId: certificate.playlist.id, policyFamilyId: certificate.policy.familyId });
  if (certificate.rest.circle !== circle) reasons.push('The circle of the rest is not the one that its scope names.');
  if (entries.some((entry, at) => entry.position !== at + 1)) reasons.push('The positions do not run from 1 without holes.');
  if (new Set(entries.map((entry) => entry.recordingId)).size < entries.length) reasons.push('A recording stands in the list twice.');
  for (const { position, firstDay, lastDay, restDays, restsUntil } of entries) {
    if (firstDay > certificate.day || (lastDay !== null && lastDay < certificate.day))
      reasons.push(`The stay of entry ${position} does not reach to the day of the list.`);
    if (restsUntil !== (lastDay === null ? null : addDays(lastDay, restDays)))
      reasons.push(`The rest of entry ${position} is not what its stay says.`);
    // A stay that went on under rules with a longer rest keeps the longer one; none has a shorter one than its list.
    if (restDays < certificate.rest.days) reasons.push(`Entry ${position} rests for fewer days than the certificate says of the list.`);
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'sound', certificate };
}

/** What stands at the beginning of an export of the ledger. */
const EXPORT_BEGINS = '{"kind":"segue ledger export"';
const fileHead = z.looseObject({ kind: z.string(), version: z.unknown() });

function whyUnreadable(text: string, json: unknown): string {
  if (text.startsWith(EXPORT_BEGINS)) return 'This is an export of a ledger, not a certificate: name the two files the other way round.';
  if (json === undefined) return 'The file is not JSON: it is no freshness certificate, or it is cut off or changed.';
  const head = fileHead.safeParse(json).data;
  if (head?.kind === 'segue freshness certificate' && head.version !== 1)
    return `The certificate is of version ${JSON.stringify(head.version)}, and this check reads version 1: use the check of the house that it comes from.`;
  return 'The file is no freshness certificate, or something in it was changed.';
}

function ownLink({ day, entries }: CertificateFile, previous: string | null): string {
  return sha256(linkText({ previous, day, list: sha256(chainedListText(entries)) }));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refused(...reasons: string[]): ReadCertificate {
  return { kind: 'refused', reasons };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
