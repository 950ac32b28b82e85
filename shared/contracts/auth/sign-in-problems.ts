interface SignInProblemText {
  readonly message: string;
  readonly remedy: string;
}

/** Why a Spotify sign-in failed, in words for the user; the key is the value of `/sign-in?problem=`. */
export const SIGN_IN_PROBLEMS = {
  access_denied: { message: 'The request was declined on Spotify.', remedy: 'Select "Sign in with Spotify" again and agree, or stay signed out.' },
  state_missing: { message: 'Spotify sent you back without the details of this sign-in.', remedy: 'Start again from this page.' },
  state_unknown: { message: 'This sign-in was already used, or was not started here.', remedy: 'Start again from this page.' },
  state_foreign: {
    message: 'This sign-in was started in another browser.',
    remedy: 'Start again in the browser you want to use, with cookies allowed.',
  },
  state_expired: { message: 'This sign-in took longer than ten minutes.', remedy: 'Start again; it takes a few seconds.' },
  wrong_purpose: { message: 'Spotify’s response belongs to a different request.', remedy: 'Start again from this page.' },
  code_refused: { message: 'Spotify rejected the sign-in code: it was already used or has expired.', remedy: 'Start again from this page.' },
  not_registered: {
    message: 'This app is not allowed to use your Spotify account yet.',
    remedy: "Ask the operator to add you to the app's users in the Spotify developer dashboard.",
  },
  scopes_missing: {
    message: 'Spotify did not grant every permission that writing playlists needs.',
    remedy: 'Try again and agree to everything on the list.',
  },
  wrong_account: {
    message: 'You were signed in to Spotify with another account, so nothing was changed.',
    remedy: 'Sign out at open.spotify.com, then start again and agree with the right account.',
  },
  already_gone: { message: 'This account is no longer part of the network.', remedy: 'Connect it again under Accounts.' },
  link_used: {
    message: 'This link was already used, was replaced by a newer one, or expired after seven days.',
    remedy: 'Ask the operator for a new link.',
  },
  address_not_allowed: {
    message: 'Spotify accepts a sign-in only over https, or on the address 127.0.0.1.',
    remedy: "Ask the operator to set Segue's public address (PUBLIC_URL) accordingly.",
  },
  app_refused: {
    message: 'Spotify does not accept Segue’s client id and secret.',
    remedy: 'Compare SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET with the app in the Spotify developer dashboard, or ask the operator to.',
  },
  owner_premium: {
    message: 'Spotify serves this app only while its owner has Spotify Premium.',
    remedy: 'Renew Premium for the owner of the app, or ask the operator to; Spotify can take hours to notice.',
  },
  spotify_unavailable: { message: 'Spotify is not answering.', remedy: 'Try again in a minute.' },
  suspended: { message: 'Your account here is suspended.', remedy: 'Ask the operator why, and to reinstate it.' },
  not_admin: { message: 'Only the operator can connect an account.', remedy: 'Sign in with the admin key first.' },
  unexpected: { message: 'An unexpected error occurred. It was logged.', remedy: 'Try again in a moment.' },
} as const satisfies Record<string, SignInProblemText>;
export type SignInProblem = keyof typeof SIGN_IN_PROBLEMS;
