// Stands here until it is written.
export function NewItemPage() {
  return null;
}
