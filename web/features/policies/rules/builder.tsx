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

/** The whole document as things to set: every part under its name, folded where it is as it comes. */
export function Builder() {
  const { policy } = useEditor();
  const { pool } = policy;
  return (
    <>
      <Section title="What may play" says={poolWords(policy)} parts={['pool']} startsOpen>
        <RuleNode path={['pool']} rule={pool} />
        {'all' in pool || 'any' in pool ? null : <AddBar path={['pool']} isTop />}
      </Section>
      <Section title="What is preferred" says={preferWords(policy)} parts={['prefer']} startsOpen={policy.prefer.length > 0}>
        <Preferences />
      </Section>
      <Section title="How long it is" says={sizeWords(policy)} parts={['size', 'duration']} startsOpen>
        <SizePart />
      </Section>
      <Section title="What keeps it fresh" says={freshWords(policy)} parts={['rest', 'caps', 'separation']} startsOpen>
        <FreshPart />
      </Section>
      <Section title="How much changes a day" says={stayWords(policy)} parts={['turnover']} startsOpen={policy.turnover < 1}>
        <TurnoverPart />
      </Section>
      <Section title="How it flows" says={flowWords(policy)} parts={['flow']} startsOpen>
        <FlowPart />
      </Section>
      <Section title="Blocks" says={mixWords(policy)} parts={['mix']} startsOpen={policy.mix.length > 0}>
        <MixPart />
      </Section>
      <Section title="By hand" says={handWords(policy)} parts={['pins', 'bans']}>
        <HandPart />
      </Section>
      <Section title="Beside other playlists" says={sharingWords(policy)} parts={['exclusivity']}>
        <SharingPart />
      </Section>
      <Section title="Chance" says={chanceWords(policy)} parts={['variety', 'seed']}>
        <ChancePart />
      </Section>
    </>
  );
}
