import type { CertificateView } from '#shared/contracts/views.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { clockTime, dayNameFull } from '#web/lib/dates.ts';
import { count, ordinal, plural } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
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
      <p className={styles['take']}>
        <a className={buttonClass()} href={`/certificates/${certificate.playlistIndex}/${certificate.day}.json`} download>
          Download the certificate
        </a>
        <span>
          With an export of the ledger anybody can check it without this house: <code className="mono">npm run verify:certificate</code>. The operator
          has the{' '}
          <a className="link" href={ledgerAddress(certificate)} download>
            ledger of these days
          </a>
          .
        </span>
      </p>
    </Dialog>
  );
}

/** Days that a check needs: the rests of what came newly, and of what has stayed for as long again. The check says so when it needs more. */
const FURTHER_DAYS = 30;

function ledgerAddress({ day, daysCovered, restDays }: CertificateView): string {
  return `/ledger.ndjson?from=${addDays(day, -Math.min(daysCovered, 2 * restDays + FURTHER_DAYS))}&to=${day}`;
}
