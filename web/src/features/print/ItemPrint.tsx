// The forms of one item on A4: sheet, supervision notice, close-out form, public notice.
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { Link, useParams } from 'react-router-dom';
import { getHistory, getItem } from '../../api/items';
import { getFlow } from '../../api/ledger';
import type { Key } from '../../locales';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { useHere } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import { closeout } from './closeout';
import { itemSheet } from './itemSheet';
import { noticeTold, publicNotice } from './notice';
import { Paper } from './Paper';
import type { Doc } from './paper';
import { supervision, supervisionRefused } from './supervision';
import type { Say, Told } from './told';
import { useSigned } from './useSigned';

const FORMS = [
  ['sheet', 'print.formSheet'],
  ['supervision', 'print.formSupervision'],
  ['closeout', 'print.formCloseout'],
  ['notice', 'print.formNotice'],
] as const satisfies readonly (readonly [string, Key])[];
type Form = (typeof FORMS)[number][0];

/** The document, or why there is none. */
function docOf(form: Form, told: Told, say: Say): Doc | Key {
  if (form === 'sheet') return itemSheet(told, say);
  if (form === 'closeout') return closeout(told, say);
  if (form === 'supervision') return supervisionRefused(told) ?? supervision(told, say);
  const notice = noticeTold(told);
  return typeof notice === 'string' ? notice : publicNotice(told, notice, say);
}

export function ItemPrint() {
  const { no = '', form } = useParams();
  const { t, pick, language } = useSpeech();
  const { ledger } = useHere();
  const { told, error } = useTold(no, ledger.today);
  const signed = useSigned();
  const known = FORMS.find(([id]) => id === form)?.[0];
  const doc = useMemo(
    () => (told && known ? docOf(known, told, { t, pick, language }) : null),
    [told, known, t, pick, language],
  );
  const bar = <Bar no={no} form={form} />;
  if (!known)
    return (
      <Plain bar={bar}>
        <Notice title={t('term.notFound')} hint={t('print.chooseForm')} />
      </Plain>
    );
  if (error)
    return (
      <Plain>
        <ErrorNotice error={error} />
      </Plain>
    );
  if (!doc || signed === undefined)
    return (
      <Plain>
        <Loading />
      </Plain>
    );
  if (typeof doc === 'string')
    return (
      <Plain bar={bar}>
        <Notice title={t('print.refused')} hint={t(doc)} />
      </Plain>
    );
  return <Paper doc={doc} signed={signed} bar={bar} />;
}

function Plain({ bar, children }: { bar?: ReactNode; children: ReactNode }) {
  return (
    <main id="content" className="page">
      {bar}
      {children}
    </main>
  );
}

function Bar({ no, form }: { no: string; form: string | undefined }) {
  const { t } = useSpeech();
  return (
    <nav aria-label={t('print.forms')} className="paper-forms">
      <Link to={`/items/${no}`}>{t('print.backToItem')}</Link>
      {FORMS.map(([id, word]) => (
        <Link
          key={id}
          to={`/items/${no}/print/${id}`}
          replace
          {...(id === form ? { 'aria-current': 'page' as const } : {})}
        >
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}

function useTold(no: string, today: string): { told: Told | null; error: Error | null } {
  const item = useQuery({ queryKey: ['print', 'item', no], queryFn: () => getItem(no) });
  const history = useQuery({ queryKey: ['print', 'history', no], queryFn: () => getHistory(no) });
  const kind = item.data?.kind;
  const version = item.data?.flow_version;
  const flow = useQuery({
    queryKey: ['print', 'flow', kind, version],
    queryFn: () => getFlow(kind ?? '', version),
    enabled: kind !== undefined,
    staleTime: Infinity,
  });
  const told = useMemo(
    () =>
      item.data && history.data && flow.data
        ? { item: item.data, history: history.data, flow: flow.data, today }
        : null,
    [item.data, history.data, flow.data, today],
  );
  return { told, error: told ? null : (item.error ?? history.error ?? flow.error) };
}
