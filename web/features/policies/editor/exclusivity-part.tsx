import type { Exclusivity } from '#shared/contracts/policies/policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { StrengthSlider } from './flow-part.tsx';
import styles from './parts.module.css';
import { WordsInput } from '../rules/words-input.tsx';

/** Exclusivity: the playlists with which this one shares no recording on the same day. */
export function ExclusivityPart() {
  const { policy, edit } = useEditor();
  const exclusivity: Exclusivity = policy.exclusivity;
  const problem = useProblemAt('exclusivity');
  const setGroup = (text: string) => {
    const { group: _dropped, ...rest } = exclusivity;
    edit({ ...policy, exclusivity: text === '' ? rest : { ...rest, group: text.toLowerCase().replaceAll(/[^a-z0-9-]+/gu, '-') } }, 'group');
  };
  return (
    <div className={styles['stacked']}>
      <div data-path="exclusivity.group">
        <label className="label" htmlFor="exclusive-group">
          Group: its playlists share no recordings on the same day
        </label>
        <input
          id="exclusive-group"
          type="text"
          className={controls['text']}
          maxLength={40}
          placeholder="None"
          value={exclusivity.group ?? ''}
          onChange={(event) => setGroup(event.target.value)}
        />
      </div>
      <div data-path="exclusivity.yieldsTo">
        <span className="label">Lower priority than: groups that choose first and share nothing with this one</span>
        <WordsInput
          label="Lower priority than"
          words={exclusivity.yieldsTo}
          onChange={(yieldsTo) => edit({ ...policy, exclusivity: { ...exclusivity, yieldsTo: [...yieldsTo] } })}
        />
      </div>
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </div>
  );
}

/** Randomness of the selection, and the seed that reproduces it. */
export function RandomnessPart() {
  const { policy, edit } = useEditor();
  const problem = useProblemAt('seed') ?? null;
  return (
    <>
      <StrengthSlider name="Randomness" path="variety" value={policy.variety} onChange={(variety) => edit({ ...policy, variety }, 'variety')} />
      {policy.version === 2 ? (
        <p className={controls['hint']}>
          Tracks are drawn by lot from a reserve as large as the repeat window needs, so the last day is as good as the first. Randomness makes the
          reserve larger, with tracks that suit the targets less.
        </p>
      ) : null}
      <div className={controls['numberLine']} data-path="seed">
        <label htmlFor="policy-seed">Seed: the same seed and day give the same list</label>
        <span>
          <input
            id="policy-seed"
            type="text"
            className={controls['text']}
            maxLength={64}
            value={policy.seed}
            onChange={(event) => edit({ ...policy, seed: event.target.value }, 'seed')}
          />
          <Button look="quiet" size="small" onClick={() => edit({ ...policy, seed: newSeed() })}>
            New seed
          </Button>
        </span>
        {problem ? <p className={controls['problem']}>{problem}</p> : null}
      </div>
    </>
  );
}

/** Eight random letters and digits. Uses getRandomValues because randomUUID needs a secure context. */
const newSeed = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => (byte % 36).toString(36)).join('');
