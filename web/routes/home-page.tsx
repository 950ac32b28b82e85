import { HomeScreen } from '#web/features/discovery/home/home-screen.tsx';

/** The front page of somebody who is signed in. */
export function HomePage({ name }: { readonly name: string }) {
  return <HomeScreen name={name} />;
}
