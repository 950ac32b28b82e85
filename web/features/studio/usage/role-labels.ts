import type { Role } from '#shared/vocabulary.ts';

/** Roles as people read them. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = { listener: 'Listener', admin: 'Admin' };
