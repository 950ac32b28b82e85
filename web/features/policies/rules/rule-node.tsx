import { Plus } from '@phosphor-icons/react/Plus';
import type { Rule } from '#shared/contracts/policies/policy.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from '../editor/editor-context.ts';
import { moveByKeys } from './move-by-keys.ts';
import { RuleCountText } from '../preview/rule-count.tsx';
import { defaultLeaf } from './rule-fields.ts';
import { RuleLeaf } from './rule-leaf.tsx';
import { RuleMenu } from './rule-menu.tsx';
import { isRoot, kindOfGroup, groupMembers, pathKey } from './rule-path.ts';
import type { RuleGroup, RulePath } from './rule-path.ts';
import styles from './rules.module.css';
import { addRule, moveRule, setGroupKind } from './tree-edits.ts';

export interface RuleNodeProps {
  readonly path: RulePath;
  readonly rule: Rule;
  /** Path of the "not" around this rule, if any: edits and counts then apply to the two together. */
  readonly notAt?: RulePath | undefined;
}

/** One rule of the tree: a comparison, a group, or a "not" around either. */
export function RuleNode({ path, rule, notAt }: RuleNodeProps) {
  if ('not' in rule) {
    if (notAt === undefined || !('not' in rule.not)) return <RuleNode path={[...path, 'not']} rule={rule.not} notAt={path} />;
    return <RuleNode path={[...path, 'not']} rule={rule.not} />;
  }
  if ('field' in rule) return <RuleLeaf path={path} rule={rule} notAt={notAt} />;
  return <GroupNode path={path} rule={rule} notAt={notAt} />;
}

const MATCH_LABELS = { all: 'Match all', any: 'Match any' } as const;
const NOT_MATCH_LABELS = { all: 'Don’t match all', any: 'Match none' } as const;

function GroupNode({ path, rule, notAt }: RuleNodeProps & { readonly rule: RuleGroup }) {
  const editor = useEditor();
  const kind = kindOfGroup(rule);
  const members = groupMembers(rule) ?? [];
  const own = notAt ?? path;
  const isTop = isRoot(own);
  const labels = notAt ? NOT_MATCH_LABELS : MATCH_LABELS;
  const problem = useProblemAt(pathKey(path), false);
  const memberProblem = useProblemAt(`${pathKey(path)}.${kind}`, false);
  const message = problem ?? memberProblem;
  return (
    <div
      className={styles['group']}
      data-path={pathKey(own)}
      data-top={isTop || undefined}
      role="group"
      aria-label={`Group: ${members.length === 0 ? 'every recording' : lowerFirst(describeRule(rule))}`}
      onKeyDown={(event) => moveByKeys(event, (step) => editor.editTree(moveRule(editor.policy, own, step)))}
    >
      <div className={styles['groupHead']}>
        <select
          className={styles['match']}
          aria-label="Match"
          value={kind}
          onChange={(event) => editor.editTree(setGroupKind(editor.policy, path, event.target.value === 'any' ? 'any' : 'all'))}
        >
          <option value="all">{labels.all}</option>
          <option value="any">{labels.any}</option>
        </select>
        <RuleCountText path={own} />
        <RuleMenu path={own} name={isTop ? 'all rules' : 'this group'} />
      </div>
      {message ? <p className={styles['problem']}>{message}</p> : null}
      {members.length === 0 ? (
        <p className={styles['empty']}>{kind === 'all' ? 'No rules: every recording in the catalog.' : 'No rules yet: the pool is empty.'}</p>
      ) : null}
      <ul className={styles['members']} data-word={kind === 'all' ? 'and' : 'or'}>
        {members.map((member, at) => (
          // A rule has no id: its position identifies it, here and on the server.
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

/** Buttons that add a rule or a group to the group at `path`. A single rule there becomes a group first. */
export function AddBar({ path, isTop }: { readonly path: RulePath; readonly isTop: boolean }) {
  const editor = useEditor();
  const add = (rule: Rule, announcement: string) => editor.editTree(addRule(editor.policy, path, rule), announcement);
  const leaf = defaultLeaf('energy');
  const where = isTop ? '' : ' to this group';
  return (
    <div className={styles['add']}>
      <Button
        look="quiet"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        aria-label={`Add rule${where}`}
        onClick={() => add(leaf, 'Rule added: energy.')}
      >
        Add rule
      </Button>
      <Button
        look="quiet"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        aria-label={`Add group${where}`}
        onClick={() => add({ any: [leaf] }, 'Group added.')}
      >
        Add group
      </Button>
    </div>
  );
}
