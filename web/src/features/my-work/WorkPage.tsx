// Stands here until it is written.
export function WorkPage() {
  return null;
}
