import { useEditor } from '../editor/editor-context.ts';
import { FlowPart } from '../editor/flow-part.tsx';
import { HandPart } from '../editor/hand-part.tsx';
import { MixPart } from '../editor/mix-part.tsx';
import {
  chanceWords,
  flowWords,
  freshWords,
  handWords,
  mixWords,
  poolWords,
  preferWords,
  sharingWords,
  sizeWords,
  stayWords,
} from '../preview/policy-says.ts';
import { Preferences } from '../editor/preferences.tsx';
import { AddBar, RuleNode } from './rule-node.tsx';
import { Section } from '../editor/section.tsx';
import { ChancePart, SharingPart } from '../editor/sharing-part.tsx';
import { FreshPart, SizePart, TurnoverPart } from '../editor/size-part.tsx';

/** The policy as a form with one section per part. Some sections start collapsed while they hold the defaults. */
export function Builder() {
  const { policy } = useEditor();
  const { pool } = policy;
  return (
    <>
      <Section title="Pool" summary={poolWords(policy)} parts={['pool']} startsOpen>
        <RuleNode path={['pool']} rule={pool} />
        {'all' in pool || 'any' in pool ? null : <AddBar path={['pool']} isTop />}
      </Section>
      <Section title="Preferences" summary={preferWords(policy)} parts={['prefer']} startsOpen={policy.prefer.length > 0}>
        <Preferences />
      </Section>
      <Section title="Length" summary={sizeWords(policy)} parts={['size', 'duration']} startsOpen>
        <SizePart />
      </Section>
      <Section title="Repeats and limits" summary={freshWords(policy)} parts={['rest', 'caps', 'separation']} startsOpen>
        <FreshPart />
      </Section>
      <Section title="Daily change" summary={stayWords(policy)} parts={['turnover']} startsOpen={policy.turnover < 1}>
        <TurnoverPart />
      </Section>
      <Section title="Flow" summary={flowWords(policy)} parts={['flow']} startsOpen>
        <FlowPart />
      </Section>
      <Section title="Blocks" summary={mixWords(policy)} parts={['mix']} startsOpen={policy.mix.length > 0}>
        <MixPart />
      </Section>
      <Section title="Pins and bans" summary={handWords(policy)} parts={['pins', 'bans']}>
        <HandPart />
      </Section>
      <Section title="Exclusivity" summary={sharingWords(policy)} parts={['exclusivity']}>
        <SharingPart />
      </Section>
      <Section title="Randomness" summary={chanceWords(policy)} parts={['variety', 'seed']}>
        <ChancePart />
      </Section>
    </>
  );
}
