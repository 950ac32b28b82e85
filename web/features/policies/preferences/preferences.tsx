import { useEditor } from '../editor/editor-context.ts';
import controls from '../editor/controls.module.css';
import { PreferenceList } from './preference-list.tsx';

const PREFERENCES_MAX = 50;

/** The preferences of the policy. In version 2 a target is the mean of the list, and its spread the list's standard deviation. */
export function Preferences() {
  const { policy, edit } = useEditor();
  const { prefer, version } = policy;
  return (
    <>
      {prefer.length === 0 ? <p className={controls['hint']}>No preferences: tracks are drawn from the pool at random.</p> : null}
      {version === 2 && prefer.some((one) => 'toward' in one) ? (
        <p className={controls['hint']}>The list as a whole has this mean and this spread (standard deviation), on every day of the repeat window.</p>
      ) : null}
      <PreferenceList
        preferences={prefer}
        path="prefer"
        use={version === 2 ? 'list' : 'track'}
        max={PREFERENCES_MAX}
        addLabel="Add preference"
        onChange={(next, key) => edit({ ...policy, prefer: next }, key)}
      />
    </>
  );
}
