import { Link } from '@tanstack/react-router';
import { Flask } from '@phosphor-icons/react/Flask';
import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { Moon } from '@phosphor-icons/react/Moon';
import { Sun } from '@phosphor-icons/react/Sun';
import { User } from '@phosphor-icons/react/User';
import type { AuthStatusView } from '#shared/contracts/views.ts';
import { useTheme } from '#web/lib/theme.ts';
import { IconButton, buttonClass } from '#web/ui/controls/button.tsx';
import { Kbd } from '#web/ui/controls/kbd.tsx';
import styles from './header.module.css';

const CURRENT = { 'aria-current': 'page' } as const;

/** Mark, rooms, find, sandbox flag, light, and who you are. Operating is offered only to those who may. */
export function Header({ status, onFind }: { readonly status: AuthStatusView | undefined; readonly onFind: () => void }) {
  const { theme, turnOver } = useTheme();
  return (
    <header className={styles['top']}>
      <div className={`wrap ${styles['bar']}`}>
        <Link to="/" className={styles['mark']} activeProps={{}}>
          Segue
        </Link>
        <nav aria-label="Main" className={styles['nav']}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }} activeProps={CURRENT}>
            Network
          </Link>
          {status?.role === 'admin' ? (
            <Link to="/admin" activeProps={CURRENT}>
              Operate
            </Link>
          ) : null}
        </nav>
        <span className={styles['gap']} />
        {status?.sandbox ? (
          <span className={styles['sandbox']} title="Stand-in vendors: nothing leaves this house.">
            <Flask size={16} aria-hidden />
            <span>Sandbox</span>
          </span>
        ) : null}
        <button type="button" className={styles['find']} onClick={onFind} aria-keyshortcuts="/">
          <MagnifyingGlass size={16} aria-hidden />
          <span>Find a playlist or an artist</span>
          <Kbd>/</Kbd>
        </button>
        <IconButton name={theme === 'dark' ? 'Light page' : 'Dark page'} onClick={turnOver}>
          {theme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
        </IconButton>
        <span className={styles['who']}>
          <Account status={status} />
        </span>
      </div>
    </header>
  );
}

/** The place is held while it is not known who asks, so that nothing jumps. */
function Account({ status }: { readonly status: AuthStatusView | undefined }) {
  if (!status) return <span className={styles['held']} />;
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
