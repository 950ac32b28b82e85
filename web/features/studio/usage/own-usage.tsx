import { useQuery } from '@tanstack/react-query';
import type { UsageView, UsedOf } from '#shared/contracts/studio/usage.ts';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { dollars } from '../money.ts';
import { monthName } from './month-name.ts';

/** What the person used of the month: pictures of models, and their cost. A full month says so, and when the next one begins. Nothing while it is not known. */
export function OwnUsage() {
  const usage = useQuery(trpc.generation.usage.mine.queryOptions());
  if (!usage.data) return null;
  const { renders, usdMicros, resetsAt } = usage.data;
  if (!isReached(renders) && !isReached(usdMicros)) return <>{describeUsage(usage.data)}</>;
  return (
    <>
      <b className="warn">Your month is full.</b> {describeUsage(usage.data)} The next month begins on {dayName(resetsAt)} (UTC). The operator can
      raise your limit.
    </>
  );
}

const isReached = ({ used, limit }: UsedOf) => limit !== null && used >= limit;

function describeUsage({ renders, usdMicros, month }: UsageView): string {
  const money = usdMicros.limit === null ? dollars(usdMicros.used) : `${dollars(usdMicros.used)} of ${dollars(usdMicros.limit)}`;
  const pictures = renders.limit === null ? count(renders.used) : `${count(renders.used)} of ${count(renders.limit)}`;
  return `Pictures of models in ${monthName(month)}: ${pictures}, ${money}.`;
}
