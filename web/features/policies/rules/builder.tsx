import { useEditor } from '../editor/editor-context.ts';
import { FlowPart } from '../editor/flow-part.tsx';
import { PinsAndBansPart } from '../editor/pins-and-bans-part.tsx';
import { MixPart } from '../editor/mix-part.tsx';
import {
  randomnessSummary,
  flowSummary,
  repeatsSummary,
  pinsAndBansSummary,
  blocksSummary,
  poolSummary,
  preferencesSummary,
  exclusivitySummary,
  goesWithSummary,
  lengthSummary,
  turnoverSummary,
} from '../preview/policy-summary.ts';
import { GoesWithPart } from '../preferences/goes-with-part.tsx';
import { Preferences } from '../preferences/preferences.tsx';
import { AddBar, RuleNode } from './rule-node.tsx';
import { Section } from '../editor/section.tsx';
import { RandomnessPart, ExclusivityPart } from '../editor/exclusivity-part.tsx';
import { LengthPart, TurnoverPart } from '../editor/length-part.tsx';
import { RepeatsPart } from '../editor/repeats-part.tsx';
import { RolesPart } from '../preferences/roles-part.tsx';

/** The policy as a form with one section per part. Some sections start collapsed while they hold the defaults. */
export function Builder() {
  const { policy } = useEditor();
  const { pool } = policy;
  return (
    <>
      <Section title="Pool" summary={poolSummary(policy)} parts={['pool']} startsOpen>
        <RuleNode path={['pool']} rule={pool} />
        {'all' in pool || 'any' in pool ? null : <AddBar path={['pool']} isTop />}
      </Section>
      <Section title="Preferences" summary={preferencesSummary(policy)} parts={['prefer']} startsOpen={policy.prefer.length > 0}>
        <Preferences />
      </Section>
      {policy.version === 2 ? (
        <Section title="Goes with" summary={goesWithSummary(policy)} parts={['goesWith']} startsOpen={goesWithSummary(policy) !== 'None'}>
          <GoesWithPart />
        </Section>
      ) : null}
      <Section title="Length" summary={lengthSummary(policy)} parts={['size', 'duration']} startsOpen>
        <LengthPart />
      </Section>
      <Section
        title="Repeats and limits"
        summary={repeatsSummary(policy)}
        parts={['rest', 'caps', 'separation', 'songs', 'artistDays', 'seasonal']}
        startsOpen
      >
        <RepeatsPart />
      </Section>
      <Section title="Daily change" summary={turnoverSummary(policy)} parts={['turnover']} startsOpen={policy.turnover < 1}>
        <TurnoverPart />
      </Section>
      <Section title="Flow" summary={flowSummary(policy)} parts={['flow', 'roles']} startsOpen>
        <FlowPart />
        <RolesPart />
      </Section>
      <Section title="Blocks" summary={blocksSummary(policy)} parts={['mix']} startsOpen={policy.mix.length > 0}>
        <MixPart />
      </Section>
      <Section title="Pins and bans" summary={pinsAndBansSummary(policy)} parts={['pins', 'bans']}>
        <PinsAndBansPart />
      </Section>
      <Section title="Exclusivity" summary={exclusivitySummary(policy)} parts={['exclusivity']}>
        <ExclusivityPart />
      </Section>
      <Section title="Randomness" summary={randomnessSummary(policy)} parts={['variety', 'seed']}>
        <RandomnessPart />
      </Section>
    </>
  );
}
