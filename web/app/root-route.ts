import { createRootRoute } from '@tanstack/react-router';
import { NotFoundPage } from '#web/routes/not-found-page.tsx';
import { ErrorPage, Shell } from '#web/routes/shell.tsx';

/** The route around all pages. */
export const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });
