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
        <Link to="/discover/path" activeOptions={{ includeSearch: false }} activeProps={CURRENT}>
          Path
        </Link>
        <Link to="/discover/import" activeProps={CURRENT}>
          Paste a list
        </Link>
        <Link to="/discover/saved" activeProps={CURRENT}>
          Saved
        </Link>
        <Link to="/discover/submit" activeProps={CURRENT}>
          Submit
        </Link>
      </div>
    </nav>
  );
}
