import type { CertificateView } from '#shared/contracts/views.ts';
import { clockTime, dayNameFull } from '#web/lib/dates.ts';
import { count, ordinal, plural } from '#web/lib/words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import styles from './certificate-dialog.module.css';

/** What was checked, against what, and the fingerprint that anybody can compute again. */
export function CertificateDialog({ certificate, onClose }: { readonly certificate: CertificateView; readonly onClose: () => void }) {
  const isProved = certificate.violations === 0;
  const lines = [
    ['Playlist and day', `${ordinal(certificate.playlistIndex)}, ${dayNameFull(certificate.day)}`],
    ['The rule', `${plural(certificate.restDays, 'day')} of rest across the ${certificate.restScope}`],
    ['Looked back', `${plural(certificate.daysCovered, 'day')} of the ledger`],
    ['Placements checked', count(certificate.placementsChecked)],
    ['Broken rests', count(certificate.violations)],
    ['Proved', `${dayNameFull(certificate.provedAt)}, ${clockTime(certificate.provedAt)} UTC`],
  ] as const;
  return (
    <Dialog title={isProved ? 'No recording came back before its rest was over.' : 'Some recordings came back too soon.'} onClose={onClose}>
      <p className={styles['how']}>
        Every stay of a recording in a list is kept with the days it must rest. The database itself refuses two stays that overlap, so a repeat cannot
        be stored; this count was made again from the ledger.
      </p>
      <dl className={styles['facts']}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="label">Fingerprint of the ordered list and its placements (SHA-256)</p>
      <p className={`mono ${styles['digest']}`}>{certificate.digest.match(/.{1,8}/gu)?.join(' ') ?? certificate.digest}</p>
    </Dialog>
  );
}
