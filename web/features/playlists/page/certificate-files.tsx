import { useState } from 'react';
import type { CertificateView } from '#shared/contracts/playlists/playlist-views.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import styles from './certificate-dialog.module.css';
import { verifySignature } from './verify-signature.ts';
import type { SignatureVerdict } from './verify-signature.ts';

/** What a listener needs to verify the certificate without the operator, and a check of its signature in this browser. */
export function CertificateFiles({ certificate }: { readonly certificate: CertificateView }) {
  const address = `/certificates/${certificate.playlistIndex}/${certificate.day}.json`;
  return (
    <>
      <p className={styles['download']}>
        <a className={buttonClass()} href={address} download>
          Download the certificate
        </a>
        <span>
          Anyone can verify it offline with <code className="mono">npm run verify:certificate</code>, the{' '}
          <a className="link" href={publicLedgerAddress(certificate)} download>
            public ledger for these days
          </a>{' '}
          and this server’s{' '}
          <a className="link" href="/.well-known/segue-keys.json" download>
            public keys
          </a>
          .
        </span>
      </p>
      <SignatureCheck address={address} />
    </>
  );
}

function SignatureCheck({ address }: { readonly address: string }) {
  const [isChecking, setChecking] = useState(false);
  const [verdict, setVerdict] = useState<SignatureVerdict | 'unreachable'>();
  const check = async () => {
    setChecking(true);
    setVerdict(await verifySignature(address).catch(() => 'unreachable' as const));
    setChecking(false);
  };
  return (
    <p className={styles['download']}>
      <Button working={isChecking && 'Checking…'} onClick={() => void check()}>
        Check the signature
      </Button>
      <span role="status">{verdict === undefined ? null : sentence(verdict)}</span>
    </p>
  );
}

function sentence(verdict: SignatureVerdict | 'unreachable'): string {
  if (verdict === 'unreachable') return 'Can’t reach the Segue server. Check that Segue is running, then try again.';
  if (verdict.kind === 'signed') return `Signed by this server, unchanged. Key ${verdict.key.slice(0, 16)}…`;
  if (verdict.kind === 'refused') return verdict.reason;
  return 'The signature could not be checked here: it needs a browser with Ed25519 and a page over https. Use npm run verify:certificate.';
}

/** Added to two repeat windows, which cover new tracks and tracks that have stayed for a window. The verifier reports when it needs more days. */
const EXTRA_DAYS = 30;

function publicLedgerAddress({ day, listDay, restDays }: CertificateView): string {
  return `/public-ledger.ndjson?from=${addDays(listDay, -(2 * restDays + EXTRA_DAYS))}&to=${day}`;
}
