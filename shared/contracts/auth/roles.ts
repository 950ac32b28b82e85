import { z } from 'zod';
import { userId } from '#shared/ids.ts';
import { ROLES } from '#shared/vocabulary.ts';

export const setRoleInput = z.strictObject({ userId, role: z.enum(ROLES) });
export type SetRoleInput = z.infer<typeof setRoleInput>;
