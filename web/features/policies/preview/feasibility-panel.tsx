import { ArrowBendUpLeft } from '@phosphor-icons/react/ArrowBendUpLeft';
import { CircleDashed } from '@phosphor-icons/react/CircleDashed';
import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import { XCircle } from '@phosphor-icons/react/XCircle';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { CONFLICTS_MAX } from '#shared/contracts/policies/policy-views.ts';
import type { ConflictMember, FeasibilityView, PolicyCheckView, PolicyProblemView } from '#shared/contracts/policies/policy-views.ts';
import { count, numberInWords, capitalize, plural } from '#web/lib/words.ts';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { checkText } from './feasibility-text.ts';
import { NearestPolicy } from './nearest-policy.tsx';
import type { DraftResults } from './use-draft-results.ts';
import styles from './feasibility-panel.module.css';

interface VerdictProps {
  readonly answers: DraftResults;
  readonly broken: string | null;
  /** The draft, as it was checked. */
  readonly policy: Policy;
  /** Replaces the draft with the nearest feasible policy. */
  readonly onApply: (policy: Policy) => void;
  readonly onReveal: (path: string) => void;
}

/** The feasibility of the draft: a sentence, then details, problems or conflicting rules. Changes are announced to screen readers. */
export function FeasibilityPanel({ answers: { check, isCurrent, feasibility, feasibilityQuery }, broken, policy, onApply, onReveal }: VerdictProps) {
  const result = check.data;
  return (
    <section
      className={styles['verdict']}
      aria-label="Feasibility"
      aria-busy={!isCurrent && !broken}
      data-stale={(!isCurrent && !broken) || undefined}
    >
      <div aria-live="polite" aria-atomic>
        <Sentence result={result} feasibility={feasibility} broken={broken} hasFailed={feasibilityQuery.isError} />
      </div>
      {check.error && !result ? <InlineError error={check.error} /> : null}
      {feasibility && !broken ? <NearestPolicy check={feasibility} policy={policy} onApply={onApply} /> : null}
      {result && !broken ? <Details result={result} feasibility={feasibility} onReveal={onReveal} /> : null}
    </section>
  );
}

interface CheckResult {
  readonly result: PolicyCheckView;
  /** Undefined before its first answer. */
  readonly feasibility: FeasibilityCheckView | undefined;
}

interface SentenceProps {
  readonly result: PolicyCheckView | undefined;
  readonly feasibility: FeasibilityCheckView | undefined;
  readonly broken: string | null;
  readonly hasFailed: boolean;
}

function Sentence({ result, feasibility, broken, hasFailed }: SentenceProps) {
  if (broken) return <Line mark="wrong" text="The JSON is invalid." />;
  if (!result) return <Skeleton width="18em" height="26px" />;
  const { length } = result.problems;
  if (length > 0) return <Line mark="wrong" text={`${plural(length, 'problem')} to fix.`} />;
  if (feasibility && !hasFailed) return <Line mark={MARK_OF[feasibility.verdict]} text={checkText(feasibility)} />;
  return <Line mark="unsure" text={hasFailed ? 'Can’t check the next 90 days.' : 'Checking the next 90 days…'} />;
}

const MARK_OF = { open: 'unsure', feasible: 'good', infeasible: 'bad', unproved: 'unsure' } as const;

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

function Details({ result, feasibility: check, onReveal }: CheckResult & { readonly onReveal: (path: string) => void }) {
  const feasibility = check?.result;
  return (
    <>
      {result.problems.length > 0 ? (
        <ul className={styles['members']}>
          {result.problems.map((problem) => (
            <li key={`${problem.field} ${problem.message}`}>
              <RuleLink path={problem.field} text={problemText(problem)} onReveal={onReveal} />
              <p>{problem.remedy}</p>
            </li>
          ))}
        </ul>
      ) : null}
      {result.pool === null ? null : (
        <dl className={styles['figures']}>
          <div>
            <dt>Pool</dt>
            <dd>
              {count(result.pool)}
              {result.catalog === null ? null : <span className="muted"> of {count(result.catalog)}</span>}
            </dd>
          </div>
          <div>
            <dt>Minimum needed</dt>
            <dd>{check && (check.stage !== null || feasibility) ? count(check.needed) : '–'}</dd>
          </div>
        </dl>
      )}
      {feasibility?.kind === 'infeasible' ? <Conflict feasibility={feasibility} onReveal={onReveal} /> : null}
      {feasibility && feasibility.kind !== 'infeasible' && feasibility.reasons.length > 0 ? (
        <details className={styles['details']}>
          <summary>{feasibility.kind === 'feasible' ? 'How this was checked' : 'Details'}</summary>
          <ul>
            {feasibility.reasons.map((reason) => (
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

/** The conflicts: minimal sets of rules that cannot all be met, each rule with a link and the effect of relaxing it. */
function Conflict({ feasibility, onReveal }: ConflictProps) {
  return (
    <div className={styles['conflict']}>
      <p>{feasibility.furtherConflicts.length === 0 ? feasibility.summary : summaryText(feasibility)}</p>
      {[feasibility.conflict, ...feasibility.furtherConflicts].map((members, at, all) => (
        <Members
          key={members.map(({ path }) => path).join(' ')}
          members={members}
          name={all.length === 1 ? 'Conflict' : `Conflict ${at + 1} of ${all.length}`}
          onReveal={onReveal}
        />
      ))}
    </div>
  );
}

/** Only counts the conflicts: each is listed below. */
function summaryText({ furtherConflicts: further, pool }: ConflictProps['feasibility']): string {
  const conflicts = numberInWords(further.length + 1);
  const total = further.length + 1 < CONFLICTS_MAX ? capitalize(conflicts) : `At least ${conflicts}`;
  return `${total} conflicts. Resolve each one separately. The pool has ${plural(pool, 'recording')}.`;
}

interface MembersProps {
  readonly members: readonly ConflictMember[];
  /** "Conflict", or "Conflict 1 of 4". */
  readonly name: string;
  readonly onReveal: (path: string) => void;
}

function Members({ members, name, onReveal }: MembersProps) {
  if (members.length === 0) return null;
  return (
    <>
      <h2>{`${name}: relax ${members.length === 1 ? 'this rule' : 'one of these'}`}</h2>
      <ul className={styles['members']}>
        {members.map((member) => (
          <li key={member.path + member.rule}>
            <RuleLink path={member.path} text={member.rule} onReveal={onReveal} />
            <p>{member.remedy}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function RuleLink({ path, text, onReveal }: { readonly path: string; readonly text: string; readonly onReveal: (path: string) => void }) {
  return (
    <button type="button" className={styles['link']} onClick={() => onReveal(path)}>
      <ArrowBendUpLeft size={14} aria-hidden /> <span>{text}</span>
      <span className="sr">, show in policy</span>
    </button>
  );
}

/** The problem's message, or a generic one with its path. */
function problemText({ message, field }: PolicyProblemView): string {
  return message === '' ? `Invalid value at ${field}.` : message;
}
