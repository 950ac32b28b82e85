import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Header } from '#web/app/shell/header.tsx';
import { useShellShortcuts } from '#web/app/shell/shell-shortcuts.ts';
import type { OpenPanel } from '#web/app/shell/shell-shortcuts.ts';
import { trpc } from '#web/lib/trpc.ts';
import { ErrorState } from '#web/ui/feedback/states.tsx';
import styles from './shell.module.css';

const loadFind = () => import('#web/app/shell/search-dialog.tsx');
const FindDialog = lazy(() => loadFind().then((part) => ({ default: part.SearchDialog })));
const KeysDialog = lazy(() => import('#web/app/shell/shortcuts-dialog.tsx').then((part) => ({ default: part.ShortcutsDialog })));

/** Delay of the search dialog's prefetch: after the first paint, before a user is likely to press "/". */
const PREFETCH_DELAY_MS = 400;

/** The frame of every page: skip link, header, page and footer, and the search and shortcuts dialogs, which open from anywhere. */
export function Shell() {
  const [panel, setPanel] = useState<OpenPanel>(null);
  const status = useQuery(trpc.auth.status.queryOptions());
  const isAdmin = status.data?.role === 'admin';
  useShellShortcuts(setPanel, isAdmin);
  const close = () => setPanel(null);
  // Prefetched after the first paint, so that keys typed right after "/" are not lost.
  useEffect(() => {
    const timer = setTimeout(() => void loadFind(), PREFETCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <a className={styles['skip']} href="#main">
        Skip to content
      </a>
      <Header status={status.data} onFind={() => setPanel('find')} />
      <Main />
      <footer className={styles['foot']}>
        <div className="wrap">
          <span>Segue · self-hosted playlist studio</span>
          <button type="button" onClick={() => setPanel('keys')}>
            Keyboard shortcuts
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

/** Moves the focus to the page after a navigation, so that screen readers start reading there. */
function Main() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const previousPath = useRef(path);
  useEffect(() => {
    if (previousPath.current !== path) main.current?.focus({ preventScroll: true });
    previousPath.current = path;
  }, [path]);
  return (
    <main id="main" ref={main} tabIndex={-1} className={styles['main']}>
      <Suspense>
        <Outlet />
      </Suspense>
    </main>
  );
}

/** Shown for a page that threw while rendering or whose code could not be loaded. */
export function ErrorPage({ error }: { readonly error: unknown }) {
  const router = useRouter();
  return (
    <div className="wrap">
      <ErrorState isPage error={error} what="Can’t open this page" onRetry={() => void router.invalidate()} />
    </div>
  );
}
