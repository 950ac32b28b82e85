/** An address of this house: one slash, then no second. Anything else would lead away. */
export function addressIsOurs(address: string | undefined): address is string {
  return address !== undefined && /^\/(?![/\\])/u.test(address);
}
