import { useMutation } from '@tanstack/react-query';
import type { BreakerView } from '#shared/contracts/operations/vendors.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { breakerText, breakerReason, isBlocking } from './vendor-words.ts';
import styles from './vendors.module.css';

/** A vendor's circuit breakers: their states and reasons. An open breaker can be tried at once; a used-up quota cannot. */
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
  // Quotas that are not used up share one line.
  const shown = breakers.filter((breaker) => !breaker.isQuota || isBlocking(breaker));
  const hasFreeQuotas = quotas.length > 0 && !quotas.some(isBlocking);
  return (
    <ul className={styles['breakers']}>
      {shown.map((breaker) => (
        <BreakerLine key={breaker.key} breaker={breaker} now={now} vendor={vendor} />
      ))}
      {hasFreeQuotas ? (
        <li>
          <span className={styles['what']}>Daily quotas</span>
          <StatusText tone="good">None used up</StatusText>
        </li>
      ) : null}
    </ul>
  );
}

function BreakerLine({ breaker, now, vendor }: { readonly breaker: BreakerView; readonly now: string; readonly vendor: string }) {
  const tryNow = useMutation(
    trpc.operations.vendors.tryNow.mutationOptions({
      onSuccess: ({ message }) => {
        showToast(message);
        void queryClient.invalidateQueries(trpc.operations.vendors.state.pathFilter());
      },
    }),
  );
  const isBlocked = isBlocking(breaker);
  const isUnstable = !isBlocked && breaker.failures > 0;
  const canTry = breaker.state === 'open' && !breaker.isQuota && breaker.until !== null && breaker.until > now;
  return (
    <li>
      <span className={styles['what']}>{breaker.name === vendor ? 'Requests' : breaker.name}</span>
      <div>
        <StatusText tone={isBlocked && !breaker.isQuota ? 'bad' : isBlocked || isUnstable ? 'soon' : 'good'}>{breakerText(breaker, now)}</StatusText>
        {isBlocked || isUnstable ? <p className={styles['why']}>{breakerReason(breaker, now)}</p> : null}
        {tryNow.error ? <InlineError error={tryNow.error} /> : null}
      </div>
      {canTry ? (
        <Button
          size="small"
          aria-label={`Try ${breaker.name === vendor ? vendor : `${vendor}, ${breaker.name},`} again now`}
          working={tryNow.isPending ? 'Trying…' : false}
          onClick={() => tryNow.mutate({ breaker: breaker.key })}
        >
          Try again now
        </Button>
      ) : null}
    </li>
  );
}
