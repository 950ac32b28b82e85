import { Menu } from '@base-ui/react/menu';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import { useRef } from 'react';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { useEditor } from '../editor/editor-context.ts';
import { isRoot, membersOf, ruleAt } from './rule-path.ts';
import type { RulePath } from './rule-path.ts';
import styles from './rules.module.css';
import { copyRule, moveRule, negateRule, removeRule, unwrapGroup, wrapRule } from './tree-edits.ts';
import type { TreeEdit } from './tree-edits.ts';

interface Act {
  readonly says: string;
  readonly told: string;
  readonly keys?: string;
  readonly act: () => TreeEdit;
}

/** Everything that can be done with one rule of the tree, as words. */
export function RuleMenu({ path, name }: { readonly path: RulePath; readonly name: string }) {
  const editor = useEditor();
  const chosen = useRef<Act>(null);
  const acts = actsOf(editor.policy, path);
  return (
    <Menu.Root
      modal={false}
      onOpenChangeComplete={(isOpen) => {
        // The act waits until the menu has given the focus back: then the edit may lead it elsewhere.
        const act = chosen.current;
        chosen.current = null;
        if (!isOpen && act) editor.editTree(act.act(), act.told);
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
            {acts.map((act) => (
              <Menu.Item key={act.says} className={styles['item']} onClick={() => (chosen.current = act)}>
                <span>{act.says}</span>
                {act.keys ? <kbd>{act.keys}</kbd> : null}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function actsOf(policy: Parameters<typeof ruleAt>[0], path: RulePath): Act[] {
  const rule = ruleAt(policy, path);
  if (!rule) return [];
  const members = membersOf(rule);
  const isTop = isRoot(path);
  const inList = typeof path.at(-1) === 'number' && !isTop;
  const can = (is: boolean, ...acts: Act[]) => (is ? acts : []);
  return [
    { says: 'not' in rule ? 'Drop the “not”' : 'Turn into its opposite', told: 'Turned into its opposite.', act: () => negateRule(policy, path) },
    { says: 'Put into a group of its own', told: 'Put into a group.', act: () => wrapRule(policy, path, members && 'all' in rule ? 'any' : 'all') },
    ...can(members !== undefined && members.length > 0 && (inList || members.length === 1), {
      says: 'Take the group apart',
      told: 'The group is taken apart.',
      act: () => unwrapGroup(policy, path),
    }),
    ...can(
      inList,
      { says: 'Move up', told: 'Moved up.', keys: 'Alt ↑', act: () => moveRule(policy, path, -1) },
      { says: 'Move down', told: 'Moved down.', keys: 'Alt ↓', act: () => moveRule(policy, path, 1) },
    ),
    ...can(!isTop, { says: 'Copy', told: 'Copied.', act: () => copyRule(policy, path) }),
    { says: isTop ? 'Remove every rule' : 'Remove', told: 'Removed. Control Z brings it back.', act: () => removeRule(policy, path) },
  ];
}
