const P = () => null;
export {
  P as AdminFrame,
  P as OverviewPage,
  P as IntakePage,
  P as PlaylistsPage,
  P as SyncPage,
  P as JobsPage,
  P as AccountsPage,
  P as PoliciesPage,
};
