import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { useEditor } from '../editor/editor-context.ts';
import controls from '../editor/controls.module.css';
import styles from '../editor/parts.module.css';
import { PreferenceList } from './preference-list.tsx';

type Role = keyof PolicyV2['roles'];

const ROLE_PREFERENCES_MAX = 5;

const ROLES: readonly { readonly role: Role; readonly name: string; readonly add: string; readonly none: string }[] = [
  { role: 'opener', name: 'Opener', add: 'Add preference for the opener', none: 'A well-known track near the middle of the list.' },
  { role: 'closer', name: 'Closer', add: 'Add preference for the closer', none: 'Any track.' },
  { role: 'peak', name: 'Peak', add: 'Add preference for the peak', none: 'The track that the energy arc puts there.' },
];

/** Which tracks of the list open it, close it, and are at the peak of its energy arc. Only policies of version 2 have roles. */
export function RolesPart() {
  const { policy, edit } = useEditor();
  if (policy.version !== 2) return null;
  const { roles, flow } = policy;
  return (
    <>
      {ROLES.map(({ role, name, add, none }) => (
        <div key={role} className={styles['role']} role="group" aria-label={name} data-path={`roles.${role}`}>
          <h3 className={styles['sub']}>{name}</h3>
          {roles[role].length === 0 ? <p className={controls['hint']}>{none}</p> : null}
          {role === 'peak' && flow.energy === 'free' ? <p className={controls['hint']}>Has an effect only with an energy arc.</p> : null}
          <PreferenceList
            preferences={roles[role]}
            path={`roles.${role}`}
            use="role"
            max={ROLE_PREFERENCES_MAX}
            addLabel={add}
            onChange={(next, key) => edit({ ...policy, roles: { ...roles, [role]: next } }, key)}
          />
        </div>
      ))}
    </>
  );
}
