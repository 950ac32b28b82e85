import { Plus } from '@phosphor-icons/react/Plus';
import type { MixBlock } from '#shared/contracts/policies/policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { StackedShare } from '#web/ui/charts/stacked-share.tsx';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { NumberInput } from '../rules/number-input.tsx';
import styles from './parts.module.css';
import { defaultLeaf } from '../rules/rule-fields.ts';
import { AddBar, RuleNode } from '../rules/rule-node.tsx';

const WHOLE = 100;
const BLOCKS_MAX = 10;

/** The blocks of the list, each with its own rule. Shares must total 100%; a button corrects the difference. */
export function MixPart() {
  const { policy, edit } = useEditor();
  const { mix } = policy;
  const problem = useProblemAt('mix', false);
  const remaining = Math.round((WHOLE - mix.reduce((sum, block) => sum + block.share, 0)) * 10) / 10;
  const set = (at: number, next: Partial<MixBlock>, key?: string) =>
    edit({ ...policy, mix: mix.map((block, index) => (index === at ? { ...block, ...next } : block)) }, key);
  const add = () =>
    edit({ ...policy, mix: [...mix, { name: `Block ${mix.length + 1}`, share: remaining > 0 ? remaining : 10, rule: defaultLeaf('genre') }] });
  return (
    <div data-path="mix">
      {mix.length === 0 ? (
        <p className={controls['hint']}>The whole list uses one pool. Add blocks to give parts of the list their own rules.</p>
      ) : null}
      {mix.length > 0 ? (
        <div className={styles['mixBar']}>
          <StackedShare title="Shares of the list" parts={mix} />
        </div>
      ) : null}
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
      {mix.map((block, at) => (
        // Two blocks can have the same name while one is typed; their positions do not change.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={at} block={block} at={at} remaining={remaining} onChange={(next, key) => set(at, next, key)} />
      ))}
      {mix.length < BLOCKS_MAX ? (
        <Button look="quiet" size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
          Add block
        </Button>
      ) : null}
    </div>
  );
}

interface BlockProps {
  readonly block: MixBlock;
  readonly at: number;
  readonly remaining: number;
  readonly onChange: (next: Partial<MixBlock>, key?: string) => void;
}

function Block({ block, at, remaining, onChange }: BlockProps) {
  const { policy, edit } = useEditor();
  const path = ['mix', at, 'rule'];
  const problems = [useProblemAt(`mix.${at}.name`), useProblemAt(`mix.${at}.share`)].filter((one) => one !== null);
  const corrected = Math.round((block.share + remaining) * 10) / 10;
  return (
    <div className={styles['block']} data-path={`mix.${at}`} role="group" aria-label={`Block ${block.name}`}>
      <div className={styles['blockHead']}>
        <input
          type="text"
          className={controls['text']}
          aria-label="Block name"
          maxLength={60}
          value={block.name}
          onChange={(event) => onChange({ name: event.target.value }, `mix ${at} name`)}
        />
        <span className={controls['inline']}>
          <NumberInput label="Share" min={1} max={WHOLE} value={block.share} onChange={(share) => onChange({ share }, `mix ${at} share`)} />
          <span className={controls['unit']}>% of the list</span>
        </span>
        {remaining !== 0 && corrected > 0 ? (
          <Button look="quiet" size="small" onClick={() => onChange({ share: corrected })}>
            {remaining > 0 ? `Increase by ${remaining}%` : `Reduce by ${-remaining}%`}
          </Button>
        ) : null}
        <Button
          look="quiet"
          size="small"
          aria-label={`Remove block ${block.name}`}
          onClick={() => edit({ ...policy, mix: policy.mix.filter((_, index) => index !== at) })}
        >
          Remove
        </Button>
      </div>
      {problems.length > 0 ? <p className={controls['problem']}>{problems.join(' ')}</p> : null}
      <RuleNode path={path} rule={block.rule} />
      {'all' in block.rule || 'any' in block.rule ? null : <AddBar path={path} isTop={false} />}
    </div>
  );
}
