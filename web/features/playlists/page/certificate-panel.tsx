import { SealCheck } from '@phosphor-icons/react/SealCheck';
import { XCircle } from '@phosphor-icons/react/XCircle';
import { Suspense, lazy, useState } from 'react';
import type { CertificateView, EntryView } from '#shared/contracts/playlists/playlist-views.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { count, plural } from '#web/lib/words.ts';
import { provedSpan } from '../window-claim.ts';
import { daysSinceLastPlay } from './last-played.ts';
import { describeRepeats } from './shown-words.ts';
import styles from './certificate-panel.module.css';

const CertificateDialog = lazy(() => import('./certificate-dialog.tsx').then((part) => ({ default: part.CertificateDialog })));

interface PanelProps {
  readonly certificate: CertificateView;
  readonly entries: readonly EntryView[];
  readonly size: number;
}

/** The no-repeat certificate in four figures, with a button that opens all of it. */
export function CertificatePanel({ certificate, entries, size }: PanelProps) {
  const [isOpen, setOpen] = useState(false);
  const facts = [
    ['Tracks covered', `${entries.length} of ${size}`],
    [`Repeats ${provedSpan(certificate) ?? '(no repeat window)'}`, count(certificate.violations)],
    ['Shortest repeat gap', shortestRepeatGap(entries, certificate)],
    ['Days on record', count(certificate.daysOnRecord)],
  ] as const;
  return (
    <section className={styles['cert']} aria-label="No-repeat certificate">
      <header>
        <Seal certificate={certificate} />
        <button type="button" className={`link ${styles['read']}`} onClick={() => setOpen(true)}>
          Read the certificate
        </button>
      </header>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="label">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <footer>
        <span>
          Checked against {count(certificate.placementsChecked)} placements at {clockTime(certificate.provedAt)} UTC
        </span>
        <span className="mono">{shortDigest(certificate.digest)}</span>
      </footer>
      <Suspense>{isOpen ? <CertificateDialog certificate={certificate} onClose={() => setOpen(false)} /> : null}</Suspense>
    </section>
  );
}

function Seal({ certificate }: { readonly certificate: CertificateView }) {
  if (certificate.violations > 0) {
    return (
      <span className={`bad ${styles['seal']}`}>
        <XCircle size={20} aria-hidden /> {describeRepeats(certificate)}
      </span>
    );
  }
  return (
    <span className={`ok ${styles['seal']}`}>
      <SealCheck size={20} aria-hidden /> Proved for {dayName(certificate.day)}
    </span>
  );
}

/** Over the tracks added that day. Pinned tracks and tracks kept from the day before are not repeats. */
function shortestRepeatGap(entries: readonly EntryView[], { day, listDay }: CertificateView): string {
  const plays = entries.map((entry) => daysSinceLastPlay(entry, { day, listDay }));
  const gaps = plays.filter((last) => typeof last === 'number');
  if (gaps.length > 0) return plural(Math.min(...gaps), 'day');
  return plays.includes('first') ? 'First time' : 'None added';
}

/** The first twelve digits, "7f3a·91c4·e02d": enough to compare by eye. */
const shortDigest = (digest: string) => [0, 4, 8].map((from) => digest.slice(from, from + 4)).join('·');
