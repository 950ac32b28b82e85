import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { UploadView } from '#shared/contracts/covers/uploads.ts';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { buttonClass } from '#web/ui/controls/button.tsx';
import styles from './upload-problem.module.css';

/** Why a previewed upload cannot be applied now, and the way out. */
export function UploadProblem({ problem: { message, remedy, authorizeUrl } }: { readonly problem: NonNullable<UploadView['problem']> }) {
  return (
    <div className={styles['problem']} role="alert">
      <WarningCircle size={20} className="warn" aria-hidden />
      <div>
        <p>
          <b>{message}</b> {remedy}
        </p>
        {authorizeUrl ? (
          <AppLink href={authorizeUrl} className={buttonClass()}>
            Authorize on Spotify
          </AppLink>
        ) : null}
      </div>
    </div>
  );
}
