// Who may take a transition of an item, in words.
import type { FlowTransition, Item, Unit } from '../../api/shapes';
import type { Facts } from '../../lib/words';
import type { Key } from '../../locales';

export interface Clause {
  word: Key;
  facts: Facts;
}
type Duties = Pick<
  Item,
  'unit' | 'lead' | 'responsible' | 'supporting' | 'supervising' | 'accepting' | 'recorder'
>;
type Say = (key: Key, facts?: Facts) => string;

/** One clause for each way to be allowed; ways that nobody can go for this item are left out. */
export function whoMay(who: FlowTransition['who'], item: Duties, t: Say): Clause[] {
  const names = (units: (Unit | null)[]) =>
    [...new Set(units.flatMap((unit) => (unit ? [unit.name] : [])))].join(t('item.listComma'));
  return who.flatMap(({ role, relation }): Clause[] => {
    const roleWord = t(`term.role_${role}`);
    if (relation === 'scope')
      return [{ word: 'item.whoScope', facts: { unit: item.unit.name, role: roleWord } }];
    if (relation === 'own')
      return [{ word: 'item.whoOwn', facts: { unit: item.unit.name, role: roleWord } }];
    if (relation === 'recorder')
      return [
        { word: 'item.whoRecorder', facts: { unit: item.recorder?.unit.name ?? t('term.system') } },
      ];
    if (relation === 'supporting') {
      const units = names(item.supporting);
      return units ? [{ word: 'item.whoSupporting', facts: { units, role: roleWord } }] : [];
    }
    const fixer = relation === 'fixer';
    const units = fixer ? [item.lead, ...item.responsible] : [item.accepting, item.supervising];
    const named = names(units);
    if (named === '') return [];
    return [
      { word: fixer ? 'item.whoFixer' : 'item.whoNamed', facts: { units: named, role: roleWord } },
    ];
  });
}

export function whoText(who: FlowTransition['who'], item: Duties, t: Say): string {
  return whoMay(who, item, t)
    .map((clause) => t(clause.word, clause.facts))
    .join(t('item.listOr'));
}

/** Whether the transition asks for independence of the fix, which is said beside who may. */
export function wantsIndependence(transition: Pick<FlowTransition, 'guards'>): boolean {
  return transition.guards.some((guard) => guard.guard === 'independent');
}
