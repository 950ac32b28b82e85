import { Link } from '@tanstack/react-router';
import styles from './discovery-nav.module.css';

const CURRENT = { 'aria-current': 'page' } as const;

/** The pages of discovery. */
export function DiscoveryNav() {
  return (
    <nav className={styles['sub']} aria-label="Discover">
      <div className={`wrap ${styles['bar']}`}>
        <Link to="/discover" activeOptions={{ exact: true, includeSearch: false }} activeProps={CURRENT}>
          Compose
        </Link>
      </div>
    </nav>
  );
}
