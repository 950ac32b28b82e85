import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { nearestText, progressText } from './feasibility-text.ts';

interface NearestPolicyProps {
  readonly check: FeasibilityCheckView;
  /** The draft, as it was checked. */
  readonly policy: Policy;
  /** Replaces the draft with the nearest feasible policy. */
  readonly onApply: (policy: Policy) => void;
}

/** Below a failure: what is still being done, then the nearest policy that works, to be used with one press. */
export function NearestPolicy({ check, policy, onApply }: NearestPolicyProps) {
  const { nearest, stage, verdict } = check;
  if (verdict !== 'infeasible') return null;
  if (stage !== null) return <p className="small muted">{progressText(check)}</p>;
  if (!nearest) return null;
  return (
    <p>
      <Button onClick={() => onApply(nearest)}>Use {nearestText(policy, nearest)}</Button>{' '}
      <span className="small muted">Works for the next 90 days.</span>
    </p>
  );
}
