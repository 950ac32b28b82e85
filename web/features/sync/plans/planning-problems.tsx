import { padIndex } from '#web/lib/words.ts';
import styles from './planning-problems.module.css';

interface PlanningProblem {
  readonly playlistIndex: number;
  readonly message: string;
  readonly remedy: string | null;
}

/** Playlists that could not be planned, each with its remedy. All others were planned. */
export function PlanningProblems({ problems }: { readonly problems: readonly PlanningProblem[] }) {
  return (
    <ul className={styles['problems']} role="alert">
      {problems.map((problem) => (
        <li key={problem.playlistIndex}>
          <b>
            Playlist {padIndex(problem.playlistIndex)} was not planned: {problem.message}
          </b>{' '}
          {problem.remedy}
        </li>
      ))}
    </ul>
  );
}
