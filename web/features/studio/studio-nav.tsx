import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '#web/lib/trpc.ts';
import { OwnUsage } from './usage/own-usage.tsx';
import styles from './studio-nav.module.css';

const CURRENT = { 'aria-current': 'page' } as const;

/** The pages of the studio, and what the person used of the month. */
export function StudioNav() {
  const status = useQuery(trpc.auth.status.queryOptions());
  return (
    <nav className={styles['sub']} aria-label="Studio">
      <div className={`wrap ${styles['bar']}`}>
        <Link to="/studio" activeOptions={{ exact: true, includeSearch: false }} activeProps={CURRENT}>
          Create
        </Link>
        <Link to="/studio/repaint" activeProps={CURRENT}>
          Repaint
        </Link>
        <Link to="/library" activeProps={CURRENT}>
          Library
        </Link>
        {status.data?.signedIn ? (
          <span className={styles['usage']}>
            <OwnUsage />
          </span>
        ) : null}
      </div>
    </nav>
  );
}
