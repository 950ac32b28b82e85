/**
 * Whether Segue may write a listener's own playlists on Spotify. `given`: with tokens that they can withdraw. `hosting`: their account hosts playlists of
 * the network, so the operator disconnects it. `none`: not asked for, ended or withdrawn.
 */
export type OwnPermissionView =
  | { readonly kind: 'given'; readonly account: string; readonly since: string }
  | { readonly kind: 'hosting'; readonly account: string }
  | { readonly kind: 'none' };
