// What the list is filtered by: one mark a filter, each can be taken away.
import { longDay } from '../../lib/days';
import type { Key } from '../../locales';
import { useSpecials } from '../../ui/form/useSpecials';
import { useSpeech } from '../../ui/LanguageContext';
import { useUnitName } from '../../ui/UnitField';
import { phaseKey } from '../../ui/words';
import type { Phase } from '../../api/shapes';
import { chipsOf, withFilters, type Chip, type Filters } from './query';
import type { Kinds } from './useKinds';

const WORDS: Record<Chip['what'], Key> = {
  unit: 'ledger.unitBelow',
  lead: 'term.lead',
  kind: 'term.kind',
  phase: 'term.phase',
  state: 'term.state',
  source: 'ledger.source',
  special: 'form.special',
  share: 'ledger.shares',
  open: 'term.open',
  overdue: 'term.overdue',
  fixed: 'ledger.fixed',
  reopened: 'term.reopened',
  words: 'ledger.words',
  opened: 'ledger.openedOn',
  due: 'ledger.due',
  closed: 'ledger.closedOn',
};

export function Chips(props: {
  filters: Filters;
  kinds: Kinds;
  onFilters: (filters: Filters) => void;
}) {
  const { t } = useSpeech();
  const chips = chipsOf(props.filters);
  if (chips.length === 0) return null;
  const without = (chip: Chip) =>
    withFilters(props.filters, Object.fromEntries(chip.names.map((name) => [name, ''])));
  return (
    <ul className="chips" aria-label={t('ledger.filters')}>
      {chips.map((chip) => (
        <OneChip
          key={chip.what}
          chip={chip}
          filters={props.filters}
          kinds={props.kinds}
          onRemove={() => props.onFilters(without(chip))}
        />
      ))}
      {chips.length > 1 ? (
        <li>
          <button type="button" className="as-link" onClick={() => props.onFilters({})}>
            {t('ledger.clearAll')}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

function OneChip(props: { chip: Chip; filters: Filters; kinds: Kinds; onRemove: () => void }) {
  const { t } = useSpeech();
  const value = useChipText(props.chip, props.filters, props.kinds);
  const word = t(WORDS[props.chip.what]);
  const text = value === null ? word : t('ledger.chip', { word, value });
  return (
    <li className="chip">
      {text}
      <button
        type="button"
        aria-label={t('ledger.removeFilter', { filter: text })}
        onClick={props.onRemove}
      >
        ×
      </button>
    </li>
  );
}

// A source by its name in the kind asked for, or in the first kind that knows it.
function sourceWord(kinds: Kinds, kind: string | undefined, source: string): string {
  const knows = kinds.flows.find((flow) => flow.sources.some((each) => each.source === source));
  return kinds.sourceTitle(kind ?? knows?.kind ?? '', source);
}

// What a filter is set to; null where its name says it all.
function useChipText(chip: Chip, filters: Filters, kinds: Kinds): string | null {
  const { t, pick, language } = useSpeech();
  const isUnit = chip.what === 'unit' || chip.what === 'lead';
  const unit = useUnitName(isUnit ? chip.value : undefined);
  const specials = useSpecials(chip.what === 'special');
  switch (chip.what) {
    case 'unit':
    case 'lead':
      return unit;
    case 'kind':
      return kinds.kindTitle(chip.value);
    case 'phase':
      return t(phaseKey(chip.value as Phase));
    case 'state':
      return kinds.stateTitle(filters.kind ?? '', chip.value);
    case 'source':
      return sourceWord(kinds, filters.kind, chip.value);
    case 'special': {
      const label = specials.find((each) => each.value === chip.value)?.label;
      return typeof label === 'object' ? pick(label) : chip.value;
    }
    case 'share':
      return t(chip.value === 'yes' ? 'ledger.sharesOnly' : 'ledger.sharesNone');
    case 'words':
      return chip.value;
    case 'opened':
    case 'due':
    case 'closed': {
      const from = chip.from && longDay(chip.from, language);
      const to = chip.to && longDay(chip.to, language);
      if (from && to) return from === to ? from : t('ledger.fromTo', { from, to });
      return from ? t('ledger.fromOn', { day: from }) : t('ledger.until', { day: to ?? '' });
    }
    default:
      return null;
  }
}
