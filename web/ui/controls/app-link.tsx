import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

/** Paths that the server answers; the router has no page for them. */
const SERVER_PATHS = /^\/(auth|api|trpc)\//u;

/** A link to an address that came from the server. Pages open by client-side navigation; server paths such as sign-in load as normal links. */
export function AppLink({ href, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  const router = useRouter();
  const open = (event: MouseEvent) => {
    const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (opensElsewhere || SERVER_PATHS.test(href)) return;
    event.preventDefault();
    void router.navigate({ href });
  };
  return (
    <a {...rest} href={href} onClick={open}>
      {children}
    </a>
  );
}
