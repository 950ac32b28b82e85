import { ArrowBendUpLeft } from '@phosphor-icons/react/ArrowBendUpLeft';
import { CircleDashed } from '@phosphor-icons/react/CircleDashed';
import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import { XCircle } from '@phosphor-icons/react/XCircle';
import type { ConflictMember, FeasibilityView, PolicyCheckView, PolicyProblemView } from '#shared/contracts/policies/policy-views.ts';
import { CONFLICTS_MAX } from '#shared/domain/curation/feasibility/conflict.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, inWords, opening, plural } from '#web/lib/words.ts';
import { Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import type { LiveAnswers } from './use-live-answers.ts';
import styles from './verdict.module.css';

interface VerdictProps {
  readonly answers: LiveAnswers;
  readonly broken: string | null;
  readonly onReveal: (path: string) => void;
}

/** The answer to the whole draft, first as a sentence: feasible for how long, or what cannot hold together and since when. Announced when it changes. */
export function Verdict({ answers: { check, isCurrent, feasibility, verdict }, broken, onReveal }: VerdictProps) {
  const said = check.data;
  return (
    <section className={styles['verdict']} aria-label="Verdict" aria-busy={!isCurrent && !broken} data-stale={(!isCurrent && !broken) || undefined}>
      <div aria-live="polite" aria-atomic>
        <Sentence said={said} feasibility={feasibility} broken={broken} hasFailed={verdict.isError} />
      </div>
      {check.error && !said ? <Refusal error={check.error} /> : null}
      {said && !broken ? <Details said={said} feasibility={feasibility} onReveal={onReveal} /> : null}
    </section>
  );
}

interface Said {
  readonly said: PolicyCheckView;
  /** Undefined while it is being proved, null where nothing can be said. */
  readonly feasibility: FeasibilityView | null | undefined;
}

interface SentenceProps {
  readonly said: PolicyCheckView | undefined;
  readonly feasibility: FeasibilityView | null | undefined;
  readonly broken: string | null;
  readonly hasFailed: boolean;
}

function Sentence({ said, feasibility, broken, hasFailed }: SentenceProps) {
  if (broken) return <Line mark="wrong" text="The JSON cannot be read yet." />;
  if (!said) return <Skeleton width="18em" height="26px" />;
  const { length } = said.problems;
  if (length > 0) return <Line mark="wrong" text={length === 1 ? 'One thing is not right yet.' : `${count(length)} things are not right yet.`} />;
  if (feasibility) return <Line mark={MARK_OF[feasibility.kind]} text={sentenceOf(feasibility)} />;
  if (feasibility === null) return <Line mark="unsure" text="Nothing can be said before there is music." />;
  return <Line mark="unsure" text={hasFailed ? 'The days to come could not be looked at.' : 'Looking ninety days ahead…'} />;
}

const MARK_OF = { feasible: 'good', infeasible: 'bad', unproved: 'unsure' } as const;

const MARKS = {
  good: { icon: CheckCircle, tone: 'ok' },
  bad: { icon: XCircle, tone: 'bad' },
  wrong: { icon: WarningCircle, tone: 'bad' },
  unsure: { icon: CircleDashed, tone: 'muted' },
} as const;

function Line({ mark, text }: { readonly mark: keyof typeof MARKS; readonly text: string }) {
  const { icon: Icon, tone } = MARKS[mark];
  return (
    <p className={styles['line']}>
      <Icon size={20} className={tone} aria-hidden /> <span>{text}</span>
    </p>
  );
}

/** The verdict as one sentence. */
export function sentenceOf(feasibility: FeasibilityView): string {
  if (feasibility.kind === 'unproved') return 'Nothing speaks against it; play it forward to be sure.';
  if (feasibility.kind === 'feasible')
    return feasibility.forEver ? 'Every list can be filled, for good.' : `Every list of the next ${plural(feasibility.days, 'day')} can be filled.`;
  if (feasibility.dryDay === 1) return 'Not even the first list can be filled.';
  return `The pool runs dry ${feasibility.isLatest ? 'by' : 'on'} day ${feasibility.dryDay}, ${dayName(feasibility.dryOn)}.`;
}

function Details({ said, feasibility, onReveal }: Said & { readonly onReveal: (path: string) => void }) {
  return (
    <>
      {said.problems.length > 0 ? (
        <ul className={styles['members']}>
          {said.problems.map((problem) => (
            <li key={`${problem.field} ${problem.message}`}>
              <ToRule path={problem.field} text={problemWords(problem)} onReveal={onReveal} />
              <p>{problem.remedy}</p>
            </li>
          ))}
        </ul>
      ) : null}
      {said.pool === null ? null : (
        <dl className={styles['figures']}>
          <div>
            <dt>May play</dt>
            <dd>
              {count(said.pool)}
              {said.catalogue === null ? null : <span className="muted"> of {count(said.catalogue)}</span>}
            </dd>
          </div>
          <div>
            <dt>Needed at once</dt>
            <dd>{feasibility ? count(feasibility.needed) : '–'}</dd>
          </div>
        </dl>
      )}
      {feasibility?.kind === 'infeasible' ? <Conflict feasibility={feasibility} onReveal={onReveal} /> : null}
      {feasibility && feasibility.kind !== 'infeasible' && feasibility.because.length > 0 ? (
        <details className={styles['because']}>
          <summary>{feasibility.kind === 'feasible' ? 'How that is known' : 'What is known'}</summary>
          <ul>
            {feasibility.because.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

interface ConflictProps {
  readonly feasibility: Extract<FeasibilityView, { kind: 'infeasible' }>;
  readonly onReveal: (path: string) => void;
}

/** The smallest set of rules that cannot hold together, each with where it stands and what loosening it would mean. */
function Conflict({ feasibility, onReveal }: ConflictProps) {
  return (
    <div className={styles['conflict']}>
      <p>{feasibility.further.length === 0 ? feasibility.says : severalWords(feasibility)}</p>
      {[feasibility.conflict, ...feasibility.further].map((members, at) => (
        <Members key={members.map(({ path }) => path).join(' ')} members={members} isFurther={at > 0} onReveal={onReveal} />
      ))}
    </div>
  );
}

/** Each conflict is listed below: one sentence for all of them would be a wall. */
function severalWords({ further, pool }: ConflictProps['feasibility']): string {
  const conflicts = inWords(further.length + 1);
  const many = further.length + 1 < CONFLICTS_MAX ? opening(conflicts) : `At least ${conflicts}`;
  return `${many} conflicts stand in the way, and each has to be solved by itself. The pool has ${plural(pool, 'recording')}.`;
}

interface MembersProps {
  readonly members: readonly ConflictMember[];
  /** Whether another conflict is told before it. */
  readonly isFurther: boolean;
  readonly onReveal: (path: string) => void;
}

function Members({ members, isFurther, onReveal }: MembersProps) {
  const one = isFurther ? 'And this by itself' : 'This alone is the reason';
  const many = isFurther ? 'Nor can these; loosen one of them, too' : 'These cannot hold together; loosen any one';
  if (members.length === 0) return null;
  return (
    <>
      <h2>{members.length === 1 ? one : many}</h2>
      <ul className={styles['members']}>
        {members.map((member) => (
          <li key={member.path + member.rule}>
            <ToRule path={member.path} text={member.rule} onReveal={onReveal} />
            <p>{member.remedy}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function ToRule({ path, text, onReveal }: { readonly path: string; readonly text: string; readonly onReveal: (path: string) => void }) {
  return (
    <button type="button" className={styles['to']} onClick={() => onReveal(path)}>
      <ArrowBendUpLeft size={14} aria-hidden /> <span>{text}</span>
      <span className="sr">, show in the policy</span>
    </button>
  );
}

/** The document's own message; the path tells the JSON editor's readers where. */
function problemWords({ message, field }: PolicyProblemView): string {
  return message === '' ? `Something is wrong at ${field}.` : message;
}
