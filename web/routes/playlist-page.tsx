export function PlaylistPage() {
  return null;
}
