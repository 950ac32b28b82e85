import type { Deps } from '#server/deps.ts';
import { listPolicyVersions } from '#server/repos/policies/policies.ts';
import type { PolicyVersionRow } from '#server/repos/policies/policies.ts';
import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import type { PolicyDifference } from '#shared/contracts/policies/policy-views.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { describeConversion, toVersionTwo } from '#shared/domain/policies/policy-conversion.ts';
import { AppError } from '#shared/errors.ts';
import { createHash } from 'node:crypto';

/** The conversion of a policy's newest version. It follows from that version alone, so it is calculated again when it is applied. */
export interface ConversionPlan {
  readonly newest: PolicyVersionRow;
  readonly body: PolicyV2;
  readonly differences: readonly PolicyDifference[];
  /** Playlists that follow the policy in any version. */
  readonly playlists: number;
  /** SHA-256 of the version it starts from and the document it would save. */
  readonly hash: string;
}

/** Plans the conversion of a policy to version 2. Throws `not_found`, and `conflict` when its newest version is of version 2 already. */
export async function readConversionPlan(deps: Pick<Deps, 'db'>, familyId: string): Promise<ConversionPlan> {
  const versions = await listPolicyVersions(deps.db, familyId);
  const [newest] = versions;
  if (!newest)
    throw new AppError('not_found', { message: 'This policy does not exist.', remedy: 'Choose one from the list of policies.', field: 'familyId' });
  if (newest.body.version === 2)
    throw new AppError('conflict', {
      message: `“${newest.name}” chooses its lists as a whole already, since version ${newest.version}.`,
      remedy: 'Nothing is left to convert.',
      field: 'familyId',
    });
  const body = toVersionTwo(newest.body);
  const hash = createHash('sha256')
    .update(canonicalJson({ from: newest.id, body }))
    .digest('hex');
  const playlists = versions.reduce((sum, version) => sum + version.playlists, 0);
  return { newest, body, differences: describeConversion(newest.body), playlists, hash };
}
