import { useState } from 'react';
import type { ScalingAction } from '#shared/contracts/scaling/scaling.ts';
import { count, padIndex, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { NewPlaylistName } from './new-playlist-name.tsx';
import type { RenamablePlan } from './new-playlist-name.tsx';
import styles from './action-lines.module.css';

const FIRST_SHOWN = 6;

type Kind = ScalingAction['kind'];

const GROUPS: readonly { readonly kind: Kind; readonly sign: string; readonly tone: 'add' | 'remove'; readonly title: (total: number) => string }[] =
  [
    { kind: 'add_playlist', sign: '+', tone: 'add', title: (total) => plural(total, 'new playlist') },
    { kind: 'retire_playlist', sign: '−', tone: 'remove', title: (total) => `${plural(total, 'playlist')} to retire` },
    { kind: 'place_replica', sign: '→', tone: 'add', title: (total) => `${plural(total, 'replica')} to create` },
    { kind: 'retire_replica', sign: '←', tone: 'remove', title: (total) => `${plural(total, 'replica')} to retire` },
  ];

interface Line {
  readonly action: ScalingAction;
  /** The action's position in the plan, from 0. */
  readonly at: number;
}

interface ActionLinesProps {
  readonly actions: readonly ScalingAction[];
  /** The waiting plan, while its new playlists can be renamed. Null once it no longer waits. */
  readonly renaming: RenamablePlan | null;
}

/** The actions of a scaling plan, grouped by kind, each with its reason. */
export function ActionLines({ actions, renaming }: ActionLinesProps) {
  const lines = actions.map((action, at) => ({ action, at }));
  return GROUPS.map((group) => {
    const own = lines.filter((line) => line.action.kind === group.kind);
    return own.length === 0 ? null : <Lines key={group.kind} {...group} lines={own} renaming={renaming} />;
  });
}

interface LinesProps extends Omit<(typeof GROUPS)[number], 'kind'> {
  readonly lines: readonly Line[];
  readonly renaming: RenamablePlan | null;
}

function Lines({ sign, tone, title, lines, renaming }: LinesProps) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? lines : lines.slice(0, FIRST_SHOWN);
  return (
    <section className={styles['group']}>
      <h3>{title(lines.length)}</h3>
      <ol className={styles['lines']}>
        {shown.map(({ action, at }) => (
          <li key={at} data-kind={tone}>
            <span className={styles['sign']} aria-hidden>
              {sign}
            </span>
            <span className={styles['what']}>
              {action.kind === 'add_playlist' && renaming ? <NewPlaylistName themeTag={action.themeTag} at={at} {...renaming} /> : subjectOf(action)}
            </span>
            <span className={styles['why']}>{action.why}</span>
          </li>
        ))}
      </ol>
      {shown.length < lines.length ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {count(lines.length - shown.length)}
        </Button>
      ) : null}
    </section>
  );
}

function subjectOf(action: ScalingAction) {
  if (action.kind === 'add_playlist') return <b>{action.themeTag}</b>;
  const number = <b className="mono">{padIndex(action.index)}</b>;
  if (action.kind === 'retire_playlist')
    return (
      <>
        {number} <b>{action.themeTag}</b>
      </>
    );
  if (action.kind === 'retire_replica')
    return (
      <>
        {number} on {action.account}
      </>
    );
  return (
    <>
      {number} on <b>{action.account}</b>
      {action.replaces ? `, replacing ${action.replaces.account}` : ''}
    </>
  );
}
