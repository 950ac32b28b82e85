import { SIGN_IN_PROBLEMS } from '#shared/contracts/auth/sign-in-problems.ts';

/** Message and remedy for a `?problem=` code. Unknown codes get the general message; text from the address is never shown. */
export function describeSignInProblem(code: string): { readonly message: string; readonly remedy: string } {
  return Object.entries(SIGN_IN_PROBLEMS).find(([known]) => known === code)?.[1] ?? SIGN_IN_PROBLEMS.unexpected;
}
