// Stands here until it is written.
export function HelpPage() {
  return null;
}
