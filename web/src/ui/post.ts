// Who did something, as unit and post; of somebody who acted for the holder, both posts.
import type { Role, Unit } from '../api/shapes';
import type { Facts } from '../lib/words';
import type { Key } from '../locales';

type Say = (key: Key, facts?: Facts) => string;

export interface ActingPost {
  unit: Unit;
  role: Role;
  acting?: { unit: Unit; role: Role } | undefined;
}

/** "(acting: recorder, the street office)"; empty where the holder himself did it. */
export function actingWords(post: ActingPost, t: Say): string {
  if (!post.acting) return '';
  const { unit, role } = post.acting;
  return t('term.actingBy', { unit: unit.name, role: t(`term.role_${role}`) });
}

export function postWords(post: ActingPost, t: Say): string {
  const words = `${post.unit.name} ${t(`term.role_${post.role}`)}`;
  const acting = actingWords(post, t);
  // A full-width bracket brings its own space.
  return /^\w|^\(/.test(acting) ? `${words} ${acting}` : words + acting;
}
