import { X } from '@phosphor-icons/react/X';
import { IconButton } from '#web/ui/controls/button.tsx';
import { Artwork } from '../tracks/artwork.tsx';
import { useSeedNames } from './use-seeds.ts';
import styles from './seed-rows.module.css';

interface SeedRowsProps {
  readonly label: string;
  readonly seeds: readonly string[];
  readonly onRemove: (seed: string) => void;
}

/** What was chosen, each with its name and a way to remove it. */
export function SeedRows({ label, seeds, onRemove }: SeedRowsProps) {
  const named = useSeedNames(seeds);
  return (
    <ul className={styles['rows']} aria-label={label}>
      {named.map(({ seed, title, detail, imageUrl }) => (
        <li key={seed}>
          <Artwork url={imageUrl} size={40} />
          <p>
            <b>{title}</b>
            <span>{detail}</span>
          </p>
          <IconButton name={`Remove ${title}`} onClick={() => onRemove(seed)}>
            <X size={16} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
