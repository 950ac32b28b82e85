import type { NetworkUsageView, PersonUsage } from '#shared/contracts/studio/usage.ts';
import type { UsageFigures } from '#shared/contracts/studio/usage-figures.ts';
import type { RenderRefusal } from '#shared/vocabulary.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, percent, plural } from '#web/lib/words.ts';
import { dollars } from '../money.ts';
import { monthName } from './month-name.ts';

/** Why a vendor made no picture, as the operator reads it. */
export const REFUSAL_WORDS: Readonly<Record<RenderRefusal, string>> = {
  content: 'Content that the vendor does not allow',
  credits: 'No credit left at the vendor',
  invalid: 'Values that the vendor does not take',
  input_unavailable: 'A picture or LoRA that the vendor could not read',
  nothing_made: 'Empty answer, no reason given',
  failed: 'The vendor failed',
  canceled: 'Canceled at the vendor',
  expired: 'Result deleted by the vendor',
};

/** A person of the table as the page names them. */
export const personName = ({ userId, name, role }: PersonUsage) =>
  name ?? (userId === null && role === null ? 'Operator and network' : 'A deleted person');

/** From this share of a limit on, it is nearly reached. */
export const NEARLY = 0.9;

/** How much of the tighter limit a person has used: 1 when it is reached, 0 without a limit and where nothing is allowed. */
export function shareUsed({ renders, usdMicros }: PersonUsage): number {
  return Math.max(...[renders, usdMicros].map(({ used, limit }) => (limit === null || limit === 0 ? 0 : used / limit)));
}

/** The answer of the page: what the month will cost, or has cost. */
export function usageHeadline({ month, forecast, usdMicros, renders }: UsageFigures, isNow: boolean): string {
  const name = monthName(month);
  if (!isNow) return renders === 0 ? `No model was used in ${name}.` : `${name} cost ${dollars(usdMicros)}.`;
  if (forecast) return `${name} will cost about ${dollars(forecast.usdMicros)}.`;
  return renders === 0 ? `No model has been used in ${name}.` : `${name} has cost ${dollars(usdMicros)} so far.`;
}

/** The month in a line under the headline. */
export function usageSummary({ usdMicros, renders, all, forecast }: UsageFigures, isNow: boolean): string {
  const parts = [
    isNow && forecast ? `${dollars(usdMicros)} so far` : undefined,
    plural(renders, 'render'),
    all.successRate === null ? undefined : `${percent(all.successRate)} succeeded`,
    all.p50Seconds === null || all.p95Seconds === null
      ? undefined
      : `half within ${secondsText(all.p50Seconds)}, 95 of 100 within ${secondsText(all.p95Seconds)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The rule of the forecast, with its numbers. */
export function forecastRule({ forecast, usdMicros }: UsageFigures): string {
  if (!forecast) return 'The forecast begins when a whole day is on record.';
  const { lowUsdMicros, highUsdMicros, weekPaceUsdMicros, monthPaceUsdMicros, recordedDays } = forecast;
  const range = lowUsdMicros === highUsdMicros ? dollars(lowUsdMicros) : `${dollars(lowUsdMicros)} to ${dollars(highUsdMicros)}`;
  const paces =
    recordedDays <= 7
      ? `${dollars(monthPaceUsdMicros)} a day, the average of ${recordedDays === 1 ? 'the one day' : `the ${recordedDays} days`} on record`
      : `the daily average of the last 7 days (${dollars(weekPaceUsdMicros)}) and of the last ${recordedDays} (${dollars(monthPaceUsdMicros)})`;
  return `${dollars(usdMicros)} so far, and the days that are left at ${paces}: ${range}.`;
}

/** 0.6 → "0.6 s"; 74 → "74 s". */
export const secondsText = (seconds: number) => `${seconds < 10 ? Math.round(seconds * 10) / 10 : count(Math.round(seconds))} s`;

/** "1 to 21 November". */
export function daysText(days: UsageFigures['days']): string {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return '';
  return first === last ? dayName(first.day) : `1 to ${dayName(last.day)}`;
}

export interface AttentionItem {
  readonly key: string;
  readonly tone: 'bad' | 'soon';
  readonly what: string;
  readonly detail: string;
  /** The section that helps. */
  readonly at: '#costs' | '#people' | '#models';
}

/** A model that fails this often needs somebody; with fewer ended renders one failure would say too much. */
const SUCCESS_MIN = 0.9;
const ENDED_MIN = 10;

/** What needs the operator: unknown costs, models that fail, people at their limits. */
export function needsAttention({ unknown, people }: NetworkUsageView, { models }: UsageFigures): readonly AttentionItem[] {
  const held = unknown.reduce((sum, { usdMicros }) => sum + usdMicros, 0);
  const costs: AttentionItem = {
    key: 'costs',
    tone: 'soon',
    what: unknown.length === 1 ? '1 render has an unknown cost' : `${count(unknown.length)} renders have an unknown cost`,
    detail: `${dollars(held)} counts against the limits until you decide by the vendor’s bill.`,
    at: '#costs',
  };
  return [
    ...models.filter(isFailing).map((model) => ({
      key: `model ${model.model ?? ''}`,
      tone: 'bad' as const,
      what: `${model.label ?? 'A model'} succeeds ${percent(model.successRate ?? 0)} of the time`,
      detail: `${plural(model.failed, 'render')} failed, ${count(model.refused)} refused, ${count(model.unknown)} unknown.`,
      at: '#models' as const,
    })),
    ...(unknown.length > 0 ? [costs] : []),
    ...people
      .filter((person) => person.suspendedAt === null && shareUsed(person) >= NEARLY)
      .map((person) => ({
        key: `person ${person.userId ?? ''}`,
        tone: shareUsed(person) >= 1 ? ('bad' as const) : ('soon' as const),
        what: `${personName(person)} ${shareUsed(person) >= 1 ? 'has reached a limit' : 'has nearly reached a limit'}`,
        detail: `${usedText(person)} are used.`,
        at: '#people' as const,
      })),
  ];
}

function isFailing({ successRate, done, refused, failed, unknown }: UsageFigures['models'][number]): boolean {
  return successRate !== null && successRate < SUCCESS_MIN && done + refused + failed + unknown >= ENDED_MIN;
}

function usedText({ renders, usdMicros }: PersonUsage): string {
  const parts = [
    renders.limit === null ? undefined : `${count(renders.used)} of ${plural(renders.limit, 'picture')}`,
    usdMicros.limit === null ? undefined : `${dollars(usdMicros.used)} of ${dollars(usdMicros.limit)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' and ');
}
