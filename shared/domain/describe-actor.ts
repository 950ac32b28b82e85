/** The display name of an actor, from the name stored in the audit log. */
export function describeActor(name: string | null): string {
  if (name === 'admin_key') return 'the admin key';
  if (name === 'system') return 'Segue';
  return name === null || name.startsWith('user:') ? 'an operator' : name;
}
