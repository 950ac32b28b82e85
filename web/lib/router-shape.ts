import type {
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';
import type {
  AccountRow,
  AuthStatusView,
  CertificateView,
  IntakeLineView,
  IntakeReceiptView,
  IntakeSummaryView,
  JobRunView,
  NetworkView,
  OverviewView,
  Page,
  PlaylistAdminRow,
  PlaylistView,
  PolicyRowView,
  SyncPlanDetailView,
  SyncPlanView,
  WhyNotView,
} from '#shared/contracts/views.ts';
import type { SourceStatus } from '#shared/vocabulary.ts';
import type { JobName } from '#shared/contracts/jobs.ts';

type Query<I, O> = TRPCQueryProcedure<{ input: I; output: O; meta: unknown }>;
type Mutation<I, O> = TRPCMutationProcedure<{ input: I; output: O; meta: unknown }>;
type Subscription<I, O> = TRPCSubscriptionProcedure<{ input: I; output: AsyncIterable<O>; meta: unknown }>;
type Nothing = void | undefined;

/** The front door as the screens need it. */
export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: TRPCDefaultErrorShape; transformer: false },
  TRPCDecorateCreateRouterOptions<{
    network: {
      overview: Query<Nothing, NetworkView>;
      playlist: Query<{ index: number; day?: string | undefined }, PlaylistView>;
      certificate: Query<{ index: number; day: string }, CertificateView>;
      whyNot: Query<{ index: number; day: string; recordingId: number }, WhyNotView>;
      findRecordings: Query<{ query: string }, { recordingId: number; title: string; artists: string[] }[]>;
    };
    auth: {
      status: Query<Nothing, AuthStatusView>;
      logout: Mutation<Nothing, { signedIn: boolean }>;
      adminSignIn: Mutation<{ key: string }, { expiresAt: string }>;
    };
    intake: {
      submit: Mutation<{ text: string; fileName?: string | undefined }, IntakeReceiptView>;
      lines: Query<
        { intakeId?: string | undefined; status?: SourceStatus | undefined; cursor?: number | undefined; limit: number },
        Page<IntakeLineView>
      >;
      summary: Query<Nothing, IntakeSummaryView>;
      retry: Mutation<{ ids: number[] }, unknown>;
    };
    playlists: {
      list: Query<Nothing, PlaylistAdminRow[]>;
      create: Mutation<{ themeTag: string; blurb?: string | undefined; policyId: string; count?: number | undefined }, unknown>;
    };
    policies: {
      list: Query<Nothing, PolicyRowView[]>;
      create: Mutation<{ name: string; body: unknown; familyId?: string | undefined }, unknown>;
    };
    sync: {
      plan: Mutation<{ day?: string | undefined }, SyncPlanView[]>;
      plans: Query<{ day?: string | undefined }, SyncPlanView[]>;
      detail: Query<{ planId: string }, SyncPlanDetailView>;
      apply: Mutation<{ planId: string; hash: string }, SyncPlanDetailView>;
      applyAll: Mutation<{ plans: { planId: string; hash: string }[] }, { applied: number; failed: { planId: string; message: string }[] }>;
    };
    jobs: { list: Query<{ limit: number }, JobRunView[]>; run: Mutation<{ task: JobName }, unknown>; follow: Subscription<Nothing, JobRunView> };
    admin: { overview: Query<Nothing, OverviewView> };
    accounts: { list: Query<Nothing, AccountRow[]> };
  }>
>;
