import { Plus } from '@phosphor-icons/react/Plus';
import type { Rule } from '#shared/contracts/policies/policy.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from '../editor/editor-context.ts';
import { moveByKeys } from './move-by-keys.ts';
import { RuleCount } from '../preview/rule-count.tsx';
import { newLeaf } from './rule-fields.ts';
import { RuleLeaf } from './rule-leaf.tsx';
import { RuleMenu } from './rule-menu.tsx';
import { isRoot, kindOfGroup, membersOf, pathText } from './rule-path.ts';
import type { RuleGroup, RulePath } from './rule-path.ts';
import styles from './rules.module.css';
import { addRule, moveRule, regroup } from './tree-edits.ts';

export interface RuleNodeProps {
  readonly path: RulePath;
  readonly rule: Rule;
  /** Where the "not" around this rule stands, when there is one: edits and counts are of the two together. */
  readonly notAt?: RulePath | undefined;
}

/** One rule of the tree with everything in it: a comparison, a group, or the opposite of either. */
export function RuleNode({ path, rule, notAt }: RuleNodeProps) {
  if ('not' in rule) {
    if (notAt === undefined || !('not' in rule.not)) return <RuleNode path={[...path, 'not']} rule={rule.not} notAt={path} />;
    return <RuleNode path={[...path, 'not']} rule={rule.not} />;
  }
  if ('field' in rule) return <RuleLeaf path={path} rule={rule} notAt={notAt} />;
  return <GroupNode path={path} rule={rule} notAt={notAt} />;
}

const WORDS = { all: 'All of these hold', any: 'One of these is enough' } as const;
const NOT_WORDS = { all: 'Not all of these hold', any: 'None of these holds' } as const;

function GroupNode({ path, rule, notAt }: RuleNodeProps & { readonly rule: RuleGroup }) {
  const editor = useEditor();
  const kind = kindOfGroup(rule);
  const members = membersOf(rule) ?? [];
  const own = notAt ?? path;
  const isTop = isRoot(own);
  const words = notAt ? NOT_WORDS : WORDS;
  const problem = useProblemAt(pathText(path), false);
  const memberProblem = useProblemAt(`${pathText(path)}.${kind}`, false);
  const told = problem ?? memberProblem;
  return (
    <div
      className={styles['group']}
      data-path={pathText(own)}
      data-top={isTop || undefined}
      role="group"
      aria-label={`Group: ${members.length === 0 ? 'every recording' : lowerFirst(describeRule(rule))}`}
      onKeyDown={(event) => moveByKeys(event, (step) => editor.editTree(moveRule(editor.policy, own, step)))}
    >
      <div className={styles['groupHead']}>
        <select
          className={styles['word']}
          aria-label="How these rules belong together"
          value={kind}
          onChange={(event) => editor.editTree(regroup(editor.policy, path, event.target.value === 'any' ? 'any' : 'all'))}
        >
          <option value="all">{words.all}</option>
          <option value="any">{words.any}</option>
        </select>
        <RuleCount path={own} />
        <RuleMenu path={own} name={isTop ? 'the whole' : 'this group'} />
      </div>
      {told ? <p className={styles['problem']}>{told}</p> : null}
      {members.length === 0 ? (
        <p className={styles['empty']}>{kind === 'all' ? 'Every recording of the catalogue.' : 'No rule yet: nothing could play.'}</p>
      ) : null}
      <ul className={styles['members']} data-word={kind === 'all' ? 'and' : 'or'}>
        {members.map((member, at) => (
          // A rule has no name of its own: its place is what it is known by, here and on the server.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <RuleNode path={[...path, kind, at]} rule={member} />
          </li>
        ))}
      </ul>
      <AddBar path={path} isTop={isTop} />
    </div>
  );
}

/** Adds to the group at `path`; to a single rule by making it a group. */
export function AddBar({ path, isTop }: { readonly path: RulePath; readonly isTop: boolean }) {
  const editor = useEditor();
  const add = (rule: Rule, told: string) => editor.editTree(addRule(editor.policy, path, rule), told);
  const leaf = newLeaf('energy');
  const where = isTop ? '' : ' to this group';
  return (
    <div className={styles['add']}>
      <Button
        look="quiet"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        aria-label={`Add a rule${where}`}
        onClick={() => add(leaf, 'A rule on energy is added.')}
      >
        Add a rule
      </Button>
      <Button
        look="quiet"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        aria-label={`Add a group${where}`}
        onClick={() => add({ any: [leaf] }, 'A group is added.')}
      >
        Add a group
      </Button>
    </div>
  );
}
