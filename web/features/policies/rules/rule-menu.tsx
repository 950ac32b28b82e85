import { Menu } from '@base-ui/react/menu';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import { useRef } from 'react';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { useEditor } from '../editor/editor-context.ts';
import { isRoot, groupMembers, ruleAt } from './rule-path.ts';
import type { RulePath } from './rule-path.ts';
import styles from './rules.module.css';
import { duplicateRule, moveRule, negateRule, removeRule, unwrapGroup, wrapRule } from './tree-edits.ts';
import type { TreeEdit } from './tree-edits.ts';

interface MenuAction {
  readonly label: string;
  readonly announcement: string;
  readonly keys?: string;
  readonly edit: () => TreeEdit;
}

/** The menu of actions for one rule of the tree. */
export function RuleMenu({ path, name }: { readonly path: RulePath; readonly name: string }) {
  const editor = useEditor();
  const chosen = useRef<MenuAction>(null);
  const actions = actionsOf(editor.policy, path);
  return (
    <Menu.Root
      modal={false}
      onOpenChangeComplete={(isOpen) => {
        // The edit runs after the closing menu has returned the focus, because the edit moves the focus itself.
        const action = chosen.current;
        chosen.current = null;
        if (!isOpen && action) editor.editTree(action.edit(), action.announcement);
      }}
    >
      <Menu.Trigger className={`${buttonClass('quiet', 'small')} ${styles['trigger'] ?? ''}`} aria-label={`Change ${name}`}>
        <span className={styles['inline']}>
          Change <CaretDown size={12} aria-hidden />
        </span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={styles['menuPlace']} align="end" sideOffset={4}>
          <Menu.Popup className={styles['menu']}>
            {actions.map((action) => (
              <Menu.Item key={action.label} className={styles['item']} onClick={() => (chosen.current = action)}>
                <span>{action.label}</span>
                {action.keys ? <kbd>{action.keys}</kbd> : null}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function actionsOf(policy: Parameters<typeof ruleAt>[0], path: RulePath): MenuAction[] {
  const rule = ruleAt(policy, path);
  if (!rule) return [];
  const members = groupMembers(rule);
  const isTop = isRoot(path);
  const inList = typeof path.at(-1) === 'number' && !isTop;
  const when = (condition: boolean, ...actions: MenuAction[]) => (condition ? actions : []);
  return [
    'not' in rule
      ? { label: 'Remove “not”', announcement: '“Not” removed.', edit: () => negateRule(policy, path) }
      : { label: 'Add “not”', announcement: '“Not” added.', edit: () => negateRule(policy, path) },
    {
      label: 'Put in a new group',
      announcement: 'Put in a new group.',
      edit: () => wrapRule(policy, path, members && 'all' in rule ? 'any' : 'all'),
    },
    ...when(members !== undefined && members.length > 0 && (inList || members.length === 1), {
      label: 'Ungroup',
      announcement: 'Ungrouped.',
      edit: () => unwrapGroup(policy, path),
    }),
    ...when(
      inList,
      { label: 'Move up', announcement: 'Moved up.', keys: 'Alt ↑', edit: () => moveRule(policy, path, -1) },
      { label: 'Move down', announcement: 'Moved down.', keys: 'Alt ↓', edit: () => moveRule(policy, path, 1) },
    ),
    ...when(!isTop, { label: 'Duplicate', announcement: 'Duplicated.', edit: () => duplicateRule(policy, path) }),
    { label: isTop ? 'Remove all rules' : 'Remove', announcement: 'Removed. Press Ctrl+Z to undo.', edit: () => removeRule(policy, path) },
  ];
}
