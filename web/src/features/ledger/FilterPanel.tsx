// The form of all filters. Nothing is asked before it is sent, so that half a date asks nothing.
import { Button } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import type { Key } from '../../locales';
import { useSpecials } from '../../ui/form/useSpecials';
import { useSpeech } from '../../ui/LanguageContext';
import { UnitField } from '../../ui/UnitField';
import { phaseKey } from '../../ui/words';
import {
  DATED,
  FLAGS,
  PHASES,
  withFilters,
  WORDS_CHARS_MAX,
  type Dated,
  type FilterName,
  type Filters,
  type Flag,
} from './query';
import type { Kinds } from './useKinds';

const FLAG_WORDS: Record<Flag, Key> = {
  open: 'term.open',
  overdue: 'term.overdue',
  fixed: 'ledger.fixed',
  reopened: 'term.reopened',
};
const DATE_WORDS: Record<Dated, Key> = {
  opened: 'ledger.openedOn',
  due: 'ledger.due',
  closed: 'ledger.closedOn',
};

export function FilterPanel(props: {
  filters: Filters;
  kinds: Kinds;
  onFilters: (filters: Filters) => void;
}) {
  const { t } = useSpeech();
  const [draft, setDraft] = useState(props.filters);
  const set = (changes: Filters) => setDraft({ ...draft, ...changes });
  function send(event: FormEvent) {
    event.preventDefault();
    props.onFilters(withFilters({}, draft));
  }
  return (
    <form className="filter-panel" onSubmit={send}>
      <div className="fields">
        <UnitField
          label={t('ledger.unitBelow')}
          code={draft.unit}
          onChange={(unit) => set({ unit: unit ?? '' })}
        />
        <UnitField
          label={t('term.lead')}
          code={draft.lead}
          onChange={(lead) => set({ lead: lead ?? '' })}
        />
        <Words value={draft.words ?? ''} onChange={(words) => set({ words })} />
        <KindFields draft={draft} kinds={props.kinds} set={set} />
        <FindingFields draft={draft} kinds={props.kinds} set={set} />
        {DATED.map((what) => (
          <DayRange key={what} what={what} draft={draft} set={set} />
        ))}
      </div>
      <fieldset className="flags">
        <legend className="hidden">{t('ledger.how')}</legend>
        {FLAGS.map((flag) => (
          <label key={flag}>
            <input
              type="checkbox"
              checked={draft[flag] === 'yes'}
              onChange={(event) => set({ [flag]: event.target.checked ? 'yes' : '' })}
            />{' '}
            {t(FLAG_WORDS[flag])}
          </label>
        ))}
      </fieldset>
      <div className="actions">
        <Button type="primary" htmlType="submit">
          {t('ledger.apply')}
        </Button>
        <Button onClick={() => setDraft({})}>{t('ledger.empty')}</Button>
      </div>
    </form>
  );
}

function Words({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('ledger.words')}</label>
      <input
        id={id}
        type="text"
        value={value}
        maxLength={WORDS_CHARS_MAX}
        placeholder={t('ledger.wordsHint')}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

interface PartProps {
  draft: Filters;
  set: (changes: Filters) => void;
}

function KindFields({ draft, kinds, set }: PartProps & { kinds: Kinds }) {
  const { t, pick } = useSpeech();
  // Where there is but one kind, its states can be chosen at once.
  const only = kinds.kinds.length === 1 ? kinds.kinds[0]?.kind : undefined;
  const kind = draft.kind || only;
  const flow = kinds.flows.find((each) => each.kind === kind);
  return (
    <>
      {only ? null : (
        <Choice
          name="kind"
          word="term.kind"
          draft={draft}
          set={(change) => set({ ...change, state: '' })}
          options={kinds.kinds.map((each) => [each.kind, pick(each.title)])}
        />
      )}
      <Choice
        name="phase"
        word="term.phase"
        draft={draft}
        set={(change) => set({ ...change, state: '' })}
        options={PHASES.map((phase) => [phase, t(phaseKey(phase))])}
      />
      <Choice
        name="state"
        word="term.state"
        draft={draft}
        hint={flow ? undefined : t('ledger.stateNeedsKind')}
        set={({ state = '' }) => set({ state, phase: '', kind: state ? kind : draft.kind })}
        options={(flow?.states ?? []).map((each) => [each.state, pick(each.title)])}
      />
    </>
  );
}

// Where it comes from, and to which special item it rolls up.
function FindingFields({ draft, kinds, set }: PartProps & { kinds: Kinds }) {
  const { t, pick } = useSpeech();
  const specials = useSpecials();
  const flows = kinds.flows.filter((flow) => !draft.kind || flow.kind === draft.kind);
  const sources = new Map(
    flows.flatMap((flow) =>
      flow.sources.map((each) => [each.source, each.title ? pick(each.title) : each.source]),
    ),
  );
  return (
    <>
      <Choice
        name="source"
        word="ledger.source"
        draft={draft}
        set={set}
        options={[...sources.entries()]}
      />
      {specials.length > 0 ? (
        <Choice
          name="special"
          word="form.special"
          draft={draft}
          set={set}
          options={specials.map(({ value, label }) => [
            value,
            typeof label === 'object' ? pick(label) : t(label),
          ])}
        />
      ) : null}
    </>
  );
}

function Choice(
  props: PartProps & {
    name: FilterName;
    word: Key;
    options: [value: string, word: string][];
    hint?: string;
  },
) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t(props.word)}</label>
      <select
        id={id}
        value={props.draft[props.name] ?? ''}
        disabled={props.options.length === 0}
        onChange={(event) => props.set({ [props.name]: event.target.value })}
      >
        <option value="">{props.hint ?? t('term.all')}</option>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

function DayRange({ what, draft, set }: PartProps & { what: Dated }) {
  const { t } = useSpeech();
  const from = `${what}_from` as const;
  const to = `${what}_to` as const;
  const word = t(DATE_WORDS[what]);
  return (
    <div className="field day-range" role="group" aria-label={word}>
      <span>{word}</span>
      <input
        type="date"
        aria-label={t('ledger.dayFrom', { word })}
        value={draft[from] ?? ''}
        max={draft[to] || undefined}
        onChange={(event) => set({ [from]: event.target.value })}
      />
      <span aria-hidden="true">–</span>
      <input
        type="date"
        aria-label={t('ledger.dayTo', { word })}
        value={draft[to] ?? ''}
        min={draft[from] || undefined}
        onChange={(event) => set({ [to]: event.target.value })}
      />
    </div>
  );
}
