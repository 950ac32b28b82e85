import type { MakerView } from '#shared/contracts/studio/library/sharing.ts';
import { plural } from '#web/lib/words.ts';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import styles from './collection-wall.module.css';

/** Public collections, each with its newest picture. */
export function CollectionWall({ collections }: Pick<MakerView, 'collections'>) {
  return (
    <ul className={styles['wall']}>
      {collections.map(({ name, url, count, newest }) => (
        <li key={url}>
          <AppLink href={url} className={styles['link']}>
            <HashedImage src={newest.previews[300]} thumbhash={newest.thumbhash} alt="" ratio={4 / 3} />
            <b>{name}</b>
            <span className="small muted">{plural(count, 'file')}</span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}
