/** True for a path of this application: one slash, not followed by a second slash or a backslash. Prevents open redirects. */
export function isLocalPath(address: string | undefined): address is string {
  return address !== undefined && /^\/(?![/\\])/u.test(address);
}
