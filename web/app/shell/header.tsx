import { Link } from '@tanstack/react-router';
import { Flask } from '@phosphor-icons/react/Flask';
import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { Moon } from '@phosphor-icons/react/Moon';
import { Sun } from '@phosphor-icons/react/Sun';
import { User } from '@phosphor-icons/react/User';
import type { AuthStatusView } from '#shared/contracts/auth/status.ts';
import { useTheme } from '#web/lib/theme.ts';
import { IconButton, buttonClass } from '#web/ui/controls/button.tsx';
import { Kbd } from '#web/ui/controls/kbd.tsx';
import styles from './header.module.css';

const CURRENT = { 'aria-current': 'page' } as const;
const FRONT = { exact: true, includeSearch: false } as const;

/** Logo, main navigation, sandbox badge, search, theme switch and account. A person’s front page is their home, and only administrators see "Operate". */
export function Header({ status, onFind }: { readonly status: AuthStatusView | undefined; readonly onFind: () => void }) {
  const { theme, toggle } = useTheme();
  return (
    <header className={styles['top']}>
      <div className={`wrap ${styles['bar']}`}>
        <Link to="/" className={styles['logo']} activeProps={{}}>
          Segue
        </Link>
        <nav aria-label="Main" className={styles['nav']}>
          {status?.isPerson ? (
            <Link to="/" activeOptions={FRONT} activeProps={CURRENT}>
              Home
            </Link>
          ) : null}
          <Link to={status?.isPerson ? '/network' : '/'} activeOptions={FRONT} activeProps={CURRENT}>
            Network
          </Link>
          <Link to="/discover" activeProps={CURRENT}>
            Discover
          </Link>
          <Link to="/covers" activeProps={CURRENT}>
            Covers
          </Link>
          <Link to="/studio" activeProps={CURRENT}>
            Studio
          </Link>
          <Link to="/library" activeProps={CURRENT}>
            Library
          </Link>
          {status?.role === 'admin' ? (
            <Link to="/admin" activeProps={CURRENT}>
              Operate
            </Link>
          ) : null}
        </nav>
        <span className={styles['spacer']} />
        {status?.sandbox ? (
          <span className={styles['sandbox']} title="Sandbox: Spotify is simulated. Nothing reaches a real account.">
            <Flask size={16} aria-hidden />
            <span>Sandbox</span>
          </span>
        ) : null}
        <button type="button" className={styles['find']} onClick={onFind} aria-keyshortcuts="/">
          <MagnifyingGlass size={16} aria-hidden />
          <span>Find a playlist or an artist</span>
          <Kbd>/</Kbd>
        </button>
        <IconButton name={theme === 'dark' ? 'Use light theme' : 'Use dark theme'} onClick={toggle}>
          {theme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
        </IconButton>
        <span className={styles['user']}>
          <Account status={status} />
        </span>
      </div>
    </header>
  );
}

/** Reserves its space until the sign-in status is known, so that the header does not shift. */
function Account({ status }: { readonly status: AuthStatusView | undefined }) {
  if (!status) return <span className={styles['placeholder']} />;
  if (!status.signedIn) {
    return (
      <Link to="/sign-in" className={`${buttonClass()} ${styles['account']}`}>
        Sign in
      </Link>
    );
  }
  const name = status.displayName ?? 'Operator';
  return (
    <Link to="/sign-in" className={`${buttonClass('quiet')} ${styles['account']}`} title={`Signed in as ${name}`}>
      <span className={styles['person']}>
        <User size={20} aria-hidden />
        <span className="sr">Your account: </span>
        <span className={styles['name']}>{name}</span>
      </span>
    </Link>
  );
}
