// Stands here until it is written.
export function ItemPage() {
  return null;
}
