import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { checkUpload } from '#server/use-cases/covers/uploads/check-upload.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const checkCoverUploadsTask = (deps: Deps) =>
  defineTask(deps, 'check-cover-uploads', {
    timeoutMs: 2 * MINUTE_MS,
    run: (payload, signal) => checkUpload(deps, { ...payload, signal }),
  });
