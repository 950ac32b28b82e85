import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Copy } from '@phosphor-icons/react/Copy';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import styles from './accounts.module.css';

const COPIED_FOR_MS = 2_000;

/** A link for the account's owner, shown once: the house keeps only its digest. */
export function ReconnectLink({ account }: { readonly account: AccountView }) {
  const make = useMutation(
    trpc.accounts.createReconnectLink.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.accounts.list.pathFilter()) }),
  );
  return (
    <div className={styles['deed']}>
      <div>
        <h3>Send its owner a link</h3>
        <p>
          They press one button, agree at Spotify, and are done; they need no sign-in here. The link works once, for seven days.
          {account.openLinkUntil && !make.data ? ` One is open until ${dayName(account.openLinkUntil)}; a new one replaces it.` : ''}
        </p>
      </div>
      <Button
        look={account.status === 'needs_reauth' ? 'primary' : 'default'}
        icon={<LinkSimple size={16} aria-hidden />}
        working={make.isPending ? 'Making it…' : false}
        onClick={() => make.mutate({ accountId: account.id })}
      >
        {make.data ? 'Make another' : 'Make a link'}
      </Button>
      {make.data ? <MadeLink url={make.data.url} expiresAt={make.data.expiresAt} /> : null}
      {make.error ? <Refusal error={make.error} /> : null}
    </div>
  );
}

function MadeLink({ url, expiresAt }: { readonly url: string; readonly expiresAt: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  };
  return (
    <div className={styles['made']}>
      <input readOnly value={url} aria-label="Reconnect link" onFocus={(event) => event.target.select()} />
      <Button size="small" icon={<Copy size={16} aria-hidden />} onClick={() => void copy()}>
        <span aria-live="polite">{isCopied ? 'Copied' : 'Copy'}</span>
      </Button>
      <p>Open until {dayName(expiresAt)}. It is shown only now; it cannot be looked up again.</p>
    </div>
  );
}
