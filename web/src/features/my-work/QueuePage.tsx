// Stands here until it is written.
export function QueuePage() {
  return null;
}
