interface SignInProblemWords {
  readonly message: string;
  readonly remedy: string;
}

/** Why a Spotify sign-in did not happen, in words for the person; the key is what `/sign-in?problem=` carries. */
export const SIGN_IN_PROBLEMS = {
  access_denied: { message: 'Spotify says the request was declined.', remedy: 'Press "Sign in with Spotify" and agree, or stay signed out.' },
  state_missing: { message: 'Spotify sent you back without the details of this sign-in.', remedy: 'Begin again from this page.' },
  state_unknown: { message: 'This sign-in was already used, or was not begun here.', remedy: 'Begin again from this page.' },
  state_foreign: {
    message: 'This sign-in was begun in another browser.',
    remedy: 'Begin again in the browser you want to use, with cookies allowed.',
  },
  state_expired: { message: 'This sign-in took longer than ten minutes.', remedy: 'Begin again; it takes a few seconds.' },
  wrong_purpose: { message: 'This answer from Spotify belongs to something else.', remedy: 'Begin again from this page.' },
  code_refused: { message: 'Spotify did not accept its own answer; it was used before or is too old.', remedy: 'Begin again from this page.' },
  not_registered: {
    message: 'Spotify does not let this app see your account yet.',
    remedy: "Ask the operator to add you to the app's users in the Spotify developer dashboard.",
  },
  scopes_missing: { message: 'Spotify did not grant what carrying playlists needs.', remedy: 'Connect again and agree to everything on the list.' },
  wrong_account: {
    message: 'Spotify was opened as somebody else, so nothing was changed.',
    remedy: 'Sign out at open.spotify.com, then begin again and agree with the right account.',
  },
  already_gone: { message: 'This account is no longer part of the network.', remedy: 'Connect it anew under Accounts.' },
  link_used: {
    message: 'This link was already used, replaced by a newer one, or its seven days are over.',
    remedy: 'Ask the operator for a new link.',
  },
  address_not_allowed: {
    message: 'Spotify accepts a sign-in only over https, or on the address 127.0.0.1.',
    remedy: "Ask the operator to set the house's public address accordingly.",
  },
  app_refused: {
    message: 'Spotify does not accept the client id and secret of this house.',
    remedy: 'Compare SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET with the app in the Spotify developer dashboard, or ask the operator to.',
  },
  owner_premium: {
    message: 'Spotify serves this app only while its owner has Spotify Premium.',
    remedy: 'Renew Premium for the owner of the app, or ask the operator to; Spotify can take hours to notice.',
  },
  spotify_unavailable: { message: 'Spotify is not answering.', remedy: 'Try again in a minute.' },
  not_admin: { message: 'Connecting an account is for the operator of this house.', remedy: 'Sign in with the admin key first.' },
  unexpected: { message: 'Something went wrong on our side. It has been noted.', remedy: 'Try again in a moment.' },
} as const satisfies Record<string, SignInProblemWords>;
export type SignInProblem = keyof typeof SIGN_IN_PROBLEMS;
