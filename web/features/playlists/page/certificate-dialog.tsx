import type { CertificateView } from '#shared/contracts/playlists/playlist-views.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { clockTime, dayNameFull } from '#web/lib/dates.ts';
import { count, padIndex, plural } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import styles from './certificate-dialog.module.css';

/** The certificate in full: what was checked, against what, and the hash that anyone can recompute. */
export function CertificateDialog({ certificate, onClose }: { readonly certificate: CertificateView; readonly onClose: () => void }) {
  const isProved = certificate.violations === 0;
  const facts = [
    ['Playlist and day', `${padIndex(certificate.playlistIndex)}, ${dayNameFull(certificate.day)}`],
    ['Repeat window', `${plural(certificate.restDays, 'day')} across the ${certificate.restScope}`],
    ['History checked', plural(certificate.daysCovered, 'day')],
    ['Placements checked', count(certificate.placementsChecked)],
    ['Repeats found', count(certificate.violations)],
    ['Proved', `${dayNameFull(certificate.provedAt)}, ${clockTime(certificate.provedAt)} UTC`],
  ] as const;
  return (
    <Dialog title={isProved ? 'No repeats within the repeat window' : 'Repeats found within the repeat window'} onClose={onClose}>
      <p className={styles['how']}>
        Segue stores every placement of a recording with its repeat window. The database rejects two placements that overlap, so a repeat cannot be
        stored. The numbers below were recalculated from the ledger.
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
      <p className={styles['download']}>
        <a className={buttonClass()} href={`/certificates/${certificate.playlistIndex}/${certificate.day}.json`} download>
          Download the certificate
        </a>
        <span>
          Anyone can verify this file offline with an export of the ledger: <code className="mono">npm run verify:certificate</code>. Operators can
          download the{' '}
          <a className="link" href={ledgerAddress(certificate)} download>
            ledger for these days
          </a>
          .
        </span>
      </p>
    </Dialog>
  );
}

/** Added to two repeat windows, which cover new tracks and tracks that have stayed for a window. The verifier reports when it needs more days. */
const EXTRA_DAYS = 30;

function ledgerAddress({ day, daysCovered, restDays }: CertificateView): string {
  return `/ledger.ndjson?from=${addDays(day, -Math.min(daysCovered, 2 * restDays + EXTRA_DAYS))}&to=${day}`;
}
