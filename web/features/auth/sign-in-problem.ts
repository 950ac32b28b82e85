import { SIGN_IN_PROBLEMS } from '#shared/contracts/auth/sign-in-problems.ts';

/** The words for `?problem=`. A code we do not know gets the general ones: what stands in an address is never shown as it is. */
export function describeSignInProblem(code: string): { readonly message: string; readonly remedy: string } {
  return Object.entries(SIGN_IN_PROBLEMS).find(([known]) => known === code)?.[1] ?? SIGN_IN_PROBLEMS.unexpected;
}
