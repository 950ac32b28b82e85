import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '#web/lib/keyboard.ts';
import { ROOMS } from './rooms.ts';

export type OpenPanel = 'find' | 'keys' | null;

/** "/" finds, "?" shows the keys, "g" and a letter goes to a room. */
export function useShellKeys(open: (panel: OpenPanel) => void, isAdmin: boolean): void {
  const navigate = useNavigate();
  const go = (to: (typeof ROOMS)[number]['to']) => {
    open(null);
    void navigate({ to });
  };
  const rooms = ROOMS.filter((room) => isAdmin || !room.admin).map((room) => [`g ${room.key}`, () => go(room.to)] as const);
  useKeys({ '/': () => open('find'), '?': () => open('keys'), ...Object.fromEntries(rooms) });
}
