import { certificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { certificateText, chainedListText, entriesText, linkText, listDayOf, sealedText } from '#shared/domain/playlists/certificate.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { createHash } from 'node:crypto';
import { z } from 'zod';

export type ReadCertificate =
  | { readonly kind: 'valid'; readonly certificate: CertificateFile }
  | { readonly kind: 'invalid'; readonly reasons: readonly string[] };

/** Parses a certificate and checks its internal consistency: exact bytes, seal, digest, positions and repeat windows. */
export function readCertificate(text: string): ReadCertificate {
  const json = parseJson(text);
  const parsed = certificateFile.safeParse(json);
  if (!parsed.success) return invalid(unreadableReason(text, json));
  const certificate = parsed.data;
  const { entries } = certificate;
  const reasons: string[] = [];
  if (text !== certificateText(certificate)) reasons.push('The certificate differs from the issued file: at least one byte was changed.');
  if (certificate.seal !== sha256(sealedText(certificate))) reasons.push('The seal does not match: the certificate was changed.');
  if (certificate.digest !== sha256(entriesText(entries))) reasons.push('The digest does not match the entries: this is not the certified list.');
  if (certificate.chain && certificate.chain.link !== ownLink(certificate, certificate.chain.previous))
    reasons.push('The chain does not lead to this list: its link does not match the previous day and this day.');
  const scopeKey = restScopeKey(certificate, { playlistId: certificate.playlist.id, policyFamilyId: certificate.policy.familyId });
  if (certificate.rest.circle !== scopeKey) reasons.push('The repeat scope key does not match the scope.');
  if (entries.some((entry, at) => entry.position !== at + 1)) reasons.push('The positions do not run from 1 without gaps.');
  if (new Set(entries.map((entry) => entry.recordingId)).size < entries.length) reasons.push('A recording is in the list twice.');
  if (listDayOf(certificate) > certificate.day || (certificate.rolledBack?.showsDay ?? listDayOf(certificate)) !== listDayOf(certificate))
    reasons.push('The day of the list does not match the rollback.');
  for (const { position, firstDay, lastDay, restDays, restsUntil } of entries) {
    if (firstDay > listDayOf(certificate) || (lastDay !== null && lastDay < listDayOf(certificate)))
      reasons.push(`The placement of entry ${position} does not cover the day of the list.`);
    if (restsUntil !== (lastDay === null ? null : addDays(lastDay, restDays)))
      reasons.push(`The repeat window of entry ${position} does not match its placement.`);
    // A placement that continued under a longer repeat window keeps the longer one; it is never shorter than the list's.
    if (restDays < certificate.rest.days) reasons.push(`Entry ${position} has a shorter repeat window than the certificate states for the list.`);
  }
  return reasons.length > 0 ? { kind: 'invalid', reasons } : { kind: 'valid', certificate };
}

/** The first bytes of a ledger export. */
const EXPORT_PREFIX = '{"kind":"segue ledger export"';
const fileHead = z.looseObject({ kind: z.string(), version: z.unknown() });

function unreadableReason(text: string, json: unknown): string {
  if (text.startsWith(EXPORT_PREFIX)) return 'This file is a ledger export, not a certificate. Swap the two file arguments.';
  if (json === undefined) return 'The file is not valid JSON: it is not a freshness certificate, or it is truncated or was changed.';
  const head = fileHead.safeParse(json).data;
  if (head?.kind === 'segue freshness certificate' && head.version !== 1)
    return `The certificate has version ${JSON.stringify(head.version)}; this verifier reads version 1. Use the verifier of the Segue version that issued it.`;
  return 'The file is not a freshness certificate, or it was changed.';
}

function ownLink(certificate: CertificateFile, previous: string | null): string {
  const { entries } = certificate;
  return sha256(linkText({ previous, day: listDayOf(certificate), list: sha256(chainedListText(entries)) }));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function invalid(...reasons: string[]): ReadCertificate {
  return { kind: 'invalid', reasons };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
