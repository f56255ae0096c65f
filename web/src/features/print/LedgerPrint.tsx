// The ledger on A4, landscape: the rows that the address filters, in its order.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { getPath } from '../../api/figures';
import { getItems } from '../../api/items';
import { getFlow } from '../../api/ledger';
import type { Flow, Phase, Unit } from '../../api/shapes';
import { asSearch } from '../../lib/address';
import { longDay } from '../../lib/days';
import type { Key } from '../../locales';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { useHere } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import { filtersOf, listDoc, readList } from './list';
import { Paper } from './Paper';
import type { Say } from './told';
import { useSigned } from './useSigned';

export function LedgerPrint() {
  const { t, pick, language } = useSpeech();
  const { ledger } = useHere();
  const [search] = useSearchParams();
  const filters = filtersOf(search);
  const text = filters.toString();
  const unit = useUnit(filters.get('unit'));
  const lead = useUnit(filters.get('lead'));
  const flow = useFlow(filters.get('kind'));
  const signed = useSigned();
  const asked = useQuery({
    queryKey: ['print', 'items', text],
    queryFn: () => readList(new URLSearchParams(text), getItems),
  });
  const listed = asked.data;
  const ready = unit !== undefined && lead !== undefined && flow !== undefined;
  const doc = useMemo(() => {
    if (!listed || !ready) return null;
    const say: Say = { t, pick, language };
    const named = { unit, lead, flow };
    const shown = [...new URLSearchParams(text)].map(([name, value]): [string, string] => [
      name,
      valueText(name, value, named, say),
    ]);
    const heading = { unit: unit ?? ledger.root, filters: shown };
    return listDoc(listed, heading, asSearch(new URLSearchParams(text)), say);
  }, [listed, ready, unit, lead, flow, text, ledger.root, t, pick, language]);
  if (asked.error && !listed)
    return (
      <main id="content" className="page">
        <ErrorNotice error={asked.error} />
      </main>
    );
  if (!doc || signed === undefined)
    return (
      <main id="content" className="page">
        <Loading rows={8} />
      </main>
    );
  const back = <Link to={`/items${asSearch(search)}`}>{t('print.backToList')}</Link>;
  return <Paper doc={doc} signed={signed} bar={back} />;
}

// Undefined while it is asked for; null where there is none or it is not known.
function useUnit(code: string | null): Unit | null | undefined {
  const asked = useQuery({
    queryKey: ['print', 'path', code],
    queryFn: () => getPath(code ?? ''),
    enabled: code !== null,
    retry: false,
  });
  if (code === null || asked.error) return null;
  return asked.data?.at(-1);
}

function useFlow(kind: string | null): Flow | null | undefined {
  const asked = useQuery({
    queryKey: ['print', 'flow', kind, undefined],
    queryFn: () => getFlow(kind ?? ''),
    enabled: kind !== null,
    retry: false,
  });
  if (kind === null || asked.error) return null;
  return asked.data;
}

interface Named {
  unit: Unit | null;
  lead: Unit | null;
  flow: Flow | null;
}

const ORDER_WORDS: Record<string, Key> = {
  'order asc': 'print.orderUp',
  'order desc': 'print.orderDown',
  'sort changed': 'print.sortChanged',
  'sort closed': 'print.closedShort',
  'sort due': 'print.due',
  'sort lead': 'term.lead',
  'sort opened': 'print.listedShort',
  'sort unit': 'print.place',
};

function valueText(name: string, value: string, named: Named, say: Say): string {
  if (name === 'unit') return named.unit?.name ?? value;
  if (name === 'lead') return named.lead?.name ?? value;
  if (name === 'kind') return named.flow ? say.pick(named.flow.title) : value;
  if (name === 'phase') return say.t(`term.phase_${value as Phase}`) ?? value;
  if (name === 'state') {
    const state = named.flow?.states.find((each) => each.state === value);
    return state ? say.pick(state.title) : value;
  }
  const order = ORDER_WORDS[`${name} ${value}`];
  if (order) return say.t(order);
  if (value === 'yes') return say.t('term.yes');
  if (value === 'no') return say.t('term.no');
  return /^\d{4}-\d\d-\d\d$/.test(value) ? longDay(value, say.language) : value;
}
