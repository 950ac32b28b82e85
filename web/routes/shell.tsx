import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Header } from '#web/app/shell/header.tsx';
import { useShellKeys } from '#web/app/shell/shell-keys.ts';
import type { OpenPanel } from '#web/app/shell/shell-keys.ts';
import { trpc } from '#web/lib/trpc.ts';
import { ErrorState } from '#web/ui/feedback/states.tsx';
import styles from './shell.module.css';

const loadFind = () => import('#web/app/shell/find-dialog.tsx');
const FindDialog = lazy(() => loadFind().then((part) => ({ default: part.FindDialog })));
const KeysDialog = lazy(() => import('#web/app/shell/keys-dialog.tsx').then((part) => ({ default: part.KeysDialog })));

/** After the first paint, and before anybody has reached for a key. */
const QUIET_MS = 400;

/** What surrounds every page: skip link, header, the page, foot; and the two panels that open from anywhere. */
export function Shell() {
  const [panel, setPanel] = useState<OpenPanel>(null);
  const status = useQuery(trpc.auth.status.queryOptions());
  const isAdmin = status.data?.role === 'admin';
  useShellKeys(setPanel, isAdmin);
  const close = () => setPanel(null);
  // Fetched once the page stands, so that what is typed right after "/" is not lost.
  useEffect(() => {
    const timer = setTimeout(() => void loadFind(), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <a className={styles['skip']} href="#main">
        Skip to the page
      </a>
      <Header status={status.data} onFind={() => setPanel('find')} />
      <Main />
      <footer className={styles['foot']}>
        <div className="wrap">
          <span>Segue, a playlist studio of this house</span>
          <button type="button" onClick={() => setPanel('keys')}>
            Keyboard
          </button>
        </div>
      </footer>
      <Suspense>
        {panel === 'find' ? <FindDialog isAdmin={isAdmin} onClose={close} /> : null}
        {panel === 'keys' ? <KeysDialog isAdmin={isAdmin} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

/** Moves the focus to the page after a navigation, so that a screen reader begins where the eye does. */
function Main() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(path);
  useEffect(() => {
    if (arrived.current !== path) main.current?.focus({ preventScroll: true });
    arrived.current = path;
  }, [path]);
  return (
    <main id="main" ref={main} tabIndex={-1} className={styles['main']}>
      <Suspense>
        <Outlet />
      </Suspense>
    </main>
  );
}

/** A page that broke while it was drawn, or whose code did not arrive. */
export function BrokenPage({ error }: { readonly error: unknown }) {
  const router = useRouter();
  return (
    <div className="wrap">
      <ErrorState isPage error={error} what="This page did not open." onRetry={() => void router.invalidate()} />
    </div>
  );
}
