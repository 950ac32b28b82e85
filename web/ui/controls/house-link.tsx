import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

/** Addresses that the server answers itself; the pages cannot. */
const NOT_PAGES = /^\/(auth|api|trpc)\//u;

/** A link to an address that the server named. Pages open without loading anew; sign-in and the like leave the pages as any link does. */
export function HouseLink({ href, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  const router = useRouter();
  const open = (event: MouseEvent) => {
    const isOtherTab = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (isOtherTab || NOT_PAGES.test(href)) return;
    event.preventDefault();
    void router.navigate({ href });
  };
  return (
    <a {...rest} href={href} onClick={open}>
      {children}
    </a>
  );
}
