import { certificateFile, unsignedCertificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { CertificateFile, UnsignedCertificateFile } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { certificateText, chainedListText, entriesText, linkText, listDayOf, sealedText } from '#shared/domain/playlists/certificate.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkSignature } from './trusted-keys.ts';
import type { TrustedKey } from './trusted-keys.ts';

/** A certificate of any version. */
export type AnyCertificate = CertificateFile | UnsignedCertificateFile;

export type ReadCertificate =
  /** `key` is the fingerprint of the key that signed it; null for one that was issued before signing existed. */
  | { readonly kind: 'valid'; readonly certificate: AnyCertificate; readonly key: string | null }
  | { readonly kind: 'invalid'; readonly reasons: readonly string[] };

/** Parses a certificate and checks it without a ledger: exact bytes, signature (or seal), digest, positions and repeat windows. */
export function readCertificate(text: string, trusted: readonly TrustedKey[]): ReadCertificate {
  const json = parseJson(text);
  const certificate = certificateFile.safeParse(json).data ?? unsignedCertificateFile.safeParse(json).data;
  if (!certificate) return { kind: 'invalid', reasons: [unreadableReason(text, json)] };
  const signature = certificate.version === 2 ? checkSignature('the certificate', certificate, { trusted, at: certificate.issuedAt }) : undefined;
  const reasons = signature?.kind === 'refused' ? [signature.reason] : [];
  if (text !== certificateText(certificate)) reasons.push('The certificate differs from the issued file: at least one byte was changed.');
  if (certificate.version === 1 && certificate.seal !== sha256(sealedText(certificate)))
    reasons.push('The seal does not match: the certificate was changed.');
  reasons.push(...inconsistencies(certificate));
  return reasons.length > 0 ? { kind: 'invalid', reasons } : { kind: 'valid', certificate, key: signature?.kind === 'signed' ? signature.key : null };
}

function inconsistencies(certificate: AnyCertificate): string[] {
  const { entries } = certificate;
  const reasons: string[] = [];
  if (certificate.digest !== sha256(entriesText(entries))) reasons.push('The digest does not match the entries: this is not the certified list.');
  if (certificate.chain && certificate.chain.link !== ownLink(certificate, certificate.chain.previous))
    reasons.push('The chain does not lead to this list: its link does not match the previous day and this day.');
  const scopeKey = restScopeKey(certificate, { playlistId: certificate.playlist.id, policyFamilyId: certificate.policy.familyId });
  if (certificate.rest.circle !== scopeKey) reasons.push('The repeat scope key does not match the scope.');
  if (entries.some((entry, at) => entry.position !== at + 1)) reasons.push('The positions do not run from 1 without gaps.');
  if (new Set(entries.map((entry) => entry.recordingId)).size < entries.length) reasons.push('A recording is in the list twice.');
  const listDay = listDayOf(certificate);
  if (listDay > certificate.day || (certificate.rolledBack?.showsDay ?? listDay) !== listDay)
    reasons.push('The day of the list does not match the rollback.');
  for (const { position, firstDay, lastDay, restDays, restsUntil } of entries) {
    if (firstDay > listDay || (lastDay !== null && lastDay < listDay))
      reasons.push(`The placement of entry ${position} does not cover the day of the list.`);
    if (restsUntil !== (lastDay === null ? null : addDays(lastDay, restDays)))
      reasons.push(`The repeat window of entry ${position} does not match its placement.`);
    // A placement that continued under a longer repeat window keeps the longer one; it is never shorter than the list's.
    if (restDays < certificate.rest.days) reasons.push(`Entry ${position} has a shorter repeat window than the certificate states for the list.`);
  }
  return reasons;
}

/** The first bytes of a ledger export. */
const EXPORT_PREFIX = /^\{"kind":"segue (ledger export|public ledger)"/;
const VERSIONS: readonly unknown[] = [1, 2];
const fileHead = z.looseObject({ kind: z.string(), version: z.unknown() });

function unreadableReason(text: string, json: unknown): string {
  if (EXPORT_PREFIX.test(text)) return 'This file is a ledger export, not a certificate. Swap the two file arguments.';
  if (json === undefined) return 'The file is not valid JSON: it is not a freshness certificate, or it is truncated or was changed.';
  const head = fileHead.safeParse(json).data;
  if (head?.kind === 'segue freshness certificate' && !VERSIONS.includes(head.version))
    return `The certificate has version ${JSON.stringify(head.version)}; this verifier reads versions 1 and 2. Use the verifier of the Segue version that issued it.`;
  return 'The file is not a freshness certificate, or it was changed.';
}

function ownLink(certificate: AnyCertificate, previous: string | null): string {
  const { entries } = certificate;
  return sha256(linkText({ previous, day: listDayOf(certificate), list: sha256(chainedListText(entries)) }));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
