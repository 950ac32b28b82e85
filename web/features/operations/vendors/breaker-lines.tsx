import { useMutation } from '@tanstack/react-query';
import type { BreakerView } from '#shared/contracts/operations/vendors.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import { breakerSays, breakerWhy, isHeld } from './vendor-words.ts';
import styles from './vendors.module.css';

/** What lets requests through to a vendor and what does not, and why. One that was found down can be tried at once. */
export function BreakerLines({
  breakers,
  now,
  vendor,
}: {
  readonly breakers: readonly BreakerView[];
  readonly now: string;
  readonly vendor: string;
}) {
  const quotas = breakers.filter(({ isQuota }) => isQuota);
  // A quota that nobody used up is not news: one line for all of them.
  const shown = breakers.filter((breaker) => !breaker.isQuota || isHeld(breaker));
  const isCalm = quotas.length > 0 && !quotas.some(isHeld);
  return (
    <ul className={styles['breakers']}>
      {shown.map((breaker) => (
        <BreakerLine key={breaker.key} breaker={breaker} now={now} vendor={vendor} />
      ))}
      {isCalm ? (
        <li>
          <span className={styles['what']}>Day-long quotas</span>
          <StateText tone="good">None is used up</StateText>
        </li>
      ) : null}
    </ul>
  );
}

function BreakerLine({ breaker, now, vendor }: { readonly breaker: BreakerView; readonly now: string; readonly vendor: string }) {
  const tryNow = useMutation(
    trpc.vendors.tryNow.mutationOptions({
      onSuccess: ({ says }) => {
        say(says);
        void queryClient.invalidateQueries(trpc.vendors.state.pathFilter());
      },
    }),
  );
  const held = isHeld(breaker);
  const isShaky = !held && breaker.failures > 0;
  const mayTry = breaker.state === 'open' && !breaker.isQuota && breaker.until !== null && breaker.until > now;
  return (
    <li>
      <span className={styles['what']}>{breaker.name === vendor ? 'Requests' : breaker.name}</span>
      <div>
        <StateText tone={held && !breaker.isQuota ? 'bad' : held || isShaky ? 'soon' : 'good'}>{breakerSays(breaker, now)}</StateText>
        {held || isShaky ? <p className={styles['why']}>{breakerWhy(breaker, now)}</p> : null}
        {tryNow.error ? <Refusal error={tryNow.error} /> : null}
      </div>
      {mayTry ? (
        <Button
          size="small"
          aria-label={`Try ${breaker.name === vendor ? vendor : `${vendor}, ${breaker.name},`} again now`}
          working={tryNow.isPending ? 'Asking…' : false}
          onClick={() => tryNow.mutate({ breaker: breaker.key })}
        >
          Try again now
        </Button>
      ) : null}
    </li>
  );
}
