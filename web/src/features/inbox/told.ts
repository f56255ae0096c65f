// The words of what is told; a code that this web does not know yet is news all the same.
import type { Key } from '../../locales';

const KNOWN = [
  'answered',
  'assigned',
  'circulated',
  'deadline_moved',
  'extension_asked',
  'handover_asked',
  'handover_confirmed',
  'handover_declined',
  'interviewed',
  'listed',
  'objection',
  'part_given',
  'received',
  'reminded',
  'reopened',
  'returned',
  'supervised',
  'to_agree',
  'to_approve',
  'to_check',
  'to_close',
] as const;

export function toldKey(what: string): Key {
  const known = KNOWN.find((each) => each === what);
  return known ? `inbox.what_${known}` : 'inbox.what_other';
}
