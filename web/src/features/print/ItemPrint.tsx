// Stands here until it is written.
export function ItemPrint() {
  return null;
}
