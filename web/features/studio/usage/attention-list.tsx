import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { Warning } from '@phosphor-icons/react/Warning';
import { XCircle } from '@phosphor-icons/react/XCircle';
import type { AttentionItem } from './usage-words.ts';
import styles from './attention-list.module.css';

/** What needs the operator, each with a link to where it is decided. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  if (items.length === 0)
    return (
      <p className={styles['none']}>
        <CheckCircle size={20} className="ok" aria-hidden /> Nothing needs you.
      </p>
    );
  return (
    <ul className={styles['list']}>
      {items.map(({ key, tone, what, detail, at }) => (
        <li key={key}>
          {tone === 'bad' ? (
            <XCircle size={20} className="bad" role="img" aria-label="Critical" />
          ) : (
            <Warning size={20} className="warn" role="img" aria-label="Warning" />
          )}
          <a href={at} className="link">
            {what}
          </a>
          <p>{detail}</p>
        </li>
      ))}
    </ul>
  );
}
