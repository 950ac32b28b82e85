import type { CertificateView } from '#shared/contracts/playlists/playlist-views.ts';
import { clockTime, dayNameFull } from '#web/lib/dates.ts';
import { count, joinNames, padIndex, plural } from '#web/lib/words.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { provedSpan } from '../window-claim.ts';
import { nameOfEdited } from './edited-tracks.tsx';
import { describeRepeats } from './shown-words.ts';
import { CertificateFiles } from './certificate-files.tsx';
import styles from './certificate-dialog.module.css';

/** The certificate in full: what was checked, against what, and the hash that anyone can recompute. */
export function CertificateDialog({ certificate, onClose }: { readonly certificate: CertificateView; readonly onClose: () => void }) {
  const facts = [
    ['Playlist and day', `${padIndex(certificate.playlistIndex)}, ${dayNameFull(certificate.day)}`],
    ...(certificate.listDay === certificate.day ? [] : [['List', `made for ${dayNameFull(certificate.listDay)}, shown again`] as const]),
    ['Repeat window', `${plural(certificate.restDays, 'day')} across the ${certificate.restScope}`],
    ['History checked', plural(certificate.daysOnRecord, 'day')],
    ['Placements checked', count(certificate.placementsChecked)],
    ['Repeats found', count(certificate.violations)],
    ...editFacts(certificate.shown),
    ['Proved', `${dayNameFull(certificate.provedAt)}, ${clockTime(certificate.provedAt)} UTC`],
  ] as const;
  return (
    <Dialog title={titleOf(certificate)} onClose={onClose}>
      <p className={styles['how']}>
        Segue stores every placement of a recording with its repeat window. The database rejects two placements that overlap, so a repeat cannot be
        stored.{certificate.rollback ? ' An operator may show an earlier list again; its repeats are counted.' : ''} The numbers below were
        recalculated from the ledger.
      </p>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="label">SHA-256 hash of the ordered list and its placements</p>
      <p className={`mono ${styles['digest']}`}>{certificate.digest.match(/.{1,8}/gu)?.join(' ') ?? certificate.digest}</p>
      <CertificateFiles certificate={certificate} />
    </Dialog>
  );
}

/** Never claims more days than are on record. */
function titleOf(certificate: CertificateView): string {
  const { violations } = certificate;
  const span = provedSpan(certificate);
  if (violations > 0) return describeRepeats(certificate) ?? '';
  return span === null ? 'No repeat window' : `No repeats ${span}`;
}

/** The tracks that were edited on Spotify, by name. */
function editFacts({ added, removed, isReordered }: CertificateView['shown']): (readonly [string, string])[] {
  return [
    ...(added.length > 0 ? [['Added on Spotify, not covered', joinNames(added.map(nameOfEdited))] as const] : []),
    ...(removed.length > 0 ? [['Removed on Spotify', joinNames(removed.map(nameOfEdited))] as const] : []),
    ...(isReordered ? [['Order', 'changed on Spotify'] as const] : []),
  ];
}
