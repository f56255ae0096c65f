// Stands here until it is written.
export function FirstPage() {
  return null;
}
