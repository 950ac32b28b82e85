export { AdminFrame, OverviewPage, IntakePage, PlaylistsPage, SyncPage, JobsPage, AccountsPage, PoliciesPage } from './tmp.tsx';
