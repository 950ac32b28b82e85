import { Link } from '@tanstack/react-router';
import type { EditedFamily } from '../versions/draft-content.ts';
import styles from './policy-editor.module.css';

interface FormatNoteProps {
  /** Undefined for a new policy. */
  readonly family: EditedFamily | undefined;
  readonly isChanged: boolean;
}

/** Says that the draft's lists are chosen track by track, and leads to the plan of a conversion. */
export function FormatNote({ family, isChanged }: FormatNoteProps) {
  return (
    <p className={styles['format']}>
      This policy is of <b>format version 1</b>: each track is scored alone, and the best scores come first.{' '}
      {family === undefined ? 'New policies from a template choose each list as a whole.' : null}
      {family && !isChanged ? (
        <>
          <Link to="/admin/policies/$familyId" params={{ familyId: family.familyId }} search={{ view: 'convert' }}>
            See what a conversion would change
          </Link>
          .
        </>
      ) : null}
      {family && isChanged ? 'Save or revert your changes before you convert it.' : null}
    </p>
  );
}
