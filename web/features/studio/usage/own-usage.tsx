import { useQuery } from '@tanstack/react-query';
import type { UsageView } from '#shared/contracts/studio/usage.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { dollars } from '../money.ts';
import { monthName } from './month-name.ts';

/** What the person used of the month: pictures of models, and their cost. Nothing while it is not known. */
export function OwnUsage() {
  const usage = useQuery(trpc.generation.usage.mine.queryOptions());
  return usage.data ? <>{describeUsage(usage.data)}</> : null;
}

function describeUsage({ renders, usdMicros, month }: UsageView): string {
  const money = usdMicros.limit === null ? dollars(usdMicros.used) : `${dollars(usdMicros.used)} of ${dollars(usdMicros.limit)}`;
  const pictures = renders.limit === null ? count(renders.used) : `${count(renders.used)} of ${count(renders.limit)}`;
  return `Pictures of models in ${monthName(month)}: ${pictures}, ${money}.`;
}
