/** Who did something, as a person would say it, from the name that is stored with what was done. */
export function actorWords(name: string | null): string {
  if (name === 'admin_key') return 'the admin key';
  if (name === 'system') return 'the house';
  return name === null || name.startsWith('user:') ? 'an operator' : name;
}
