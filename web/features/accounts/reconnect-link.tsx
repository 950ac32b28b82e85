import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Copy } from '@phosphor-icons/react/Copy';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import styles from './accounts.module.css';

const COPIED_FOR_MS = 2_000;

/** Creates a link with which the owner re-authorizes the account. The link is shown once: Segue stores only its digest. */
export function ReconnectLink({ account }: { readonly account: AccountView }) {
  const create = useMutation(
    trpc.playlistAdmin.accounts.createReconnectLink.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.playlistAdmin.accounts.list.pathFilter()),
    }),
  );
  return (
    <div className={styles['action']}>
      <div>
        <h3>Send a reconnect link to the owner</h3>
        <p>
          The owner opens it and authorizes Segue on Spotify, without signing in to Segue. The link works once and expires after seven days.
          {account.openLinkUntil && !create.data ? ` A link is valid until ${dayName(account.openLinkUntil)}; a new one replaces it.` : ''}
        </p>
      </div>
      <Button
        look={account.status === 'needs_reauth' ? 'primary' : 'default'}
        icon={<LinkSimple size={16} aria-hidden />}
        working={create.isPending ? 'Creating link…' : false}
        onClick={() => create.mutate({ accountId: account.id })}
      >
        {create.data ? 'Create another link' : 'Create link'}
      </Button>
      {create.data ? <CreatedLink url={create.data.url} expiresAt={create.data.expiresAt} /> : null}
      {create.error ? <InlineError error={create.error} /> : null}
    </div>
  );
}

function CreatedLink({ url, expiresAt }: { readonly url: string; readonly expiresAt: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  };
  return (
    <div className={styles['created']}>
      <input readOnly value={url} aria-label="Reconnect link" onFocus={(event) => event.target.select()} />
      <Button size="small" icon={<Copy size={16} aria-hidden />} onClick={() => void copy()}>
        <span aria-live="polite">{isCopied ? 'Copied' : 'Copy'}</span>
      </Button>
      <p>Valid until {dayName(expiresAt)}. Copy it now: it is not shown again.</p>
    </div>
  );
}
