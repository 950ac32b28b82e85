import { useNavigate } from '@tanstack/react-router';
import type { CoverStep } from '#shared/contracts/covers/projects.ts';

/** Opens a step of a cover. */
export function useOpenStep(coverId: string): (step: CoverStep) => void {
  const navigate = useNavigate();
  return (step) => void navigate({ to: '/covers/$coverId', params: { coverId }, search: { step } });
}
