import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreateShortLinkInput, ShortLinkView } from '#shared/contracts/studio/library/sharing.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { SelectField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { AddressLine } from './address-line.tsx';
import styles from './dialogs.module.css';

const refresh = () => void queryClient.invalidateQueries(trpc.generation.assets.shortLinks.pathFilter());

/** The short links to something, with how often they were followed, and a form for another one. */
export function ShortLinkList({ target }: { readonly target: CreateShortLinkInput['target'] }) {
  const [days, setDays] = useState('7');
  const links = useQuery(trpc.generation.assets.shortLinks.list.queryOptions({ target }));
  const create = useMutation(trpc.generation.assets.shortLinks.create.mutationOptions({ onSettled: refresh }));
  const revoke = useMutation(trpc.generation.assets.shortLinks.revoke.mutationOptions({ onSettled: refresh }));
  const error = links.error ?? create.error ?? revoke.error;
  return (
    <section aria-label="Short links">
      {links.data?.map((link) => (
        <AddressLine key={link.code} path={link.url} note={linkWords(link)}>
          {link.state === 'active' ? (
            <Button size="small" look="quiet" aria-label={`End the short link ${link.code}`} onClick={() => revoke.mutate({ code: link.code })}>
              End
            </Button>
          ) : null}
        </AddressLine>
      ))}
      <div className={styles['line']}>
        <SelectField label="Short link" value={days} onChange={(event) => setDays(event.target.value)}>
          <option value="1">Expires after 1 day</option>
          <option value="7">Expires after 7 days</option>
          <option value="30">Expires after 30 days</option>
          <option value="">Does not expire</option>
        </SelectField>
        <Button
          working={create.isPending ? 'Creating…' : false}
          onClick={() => create.mutate({ target, ...(days === '' ? {} : { expiresInDays: Number(days) }) })}
        >
          Create short link
        </Button>
      </div>
      {error ? <InlineError error={error} /> : null}
    </section>
  );
}

function linkWords({ state, expiresAt, clicks }: ShortLinkView): string {
  const ends = { active: expiresAt ? `Expires on ${dayName(expiresAt)}` : 'Does not expire', expired: 'Expired', revoked: 'Ended' }[state];
  return `${ends} · followed ${clicks === 0 ? 'never' : plural(clicks, 'time')}`;
}
