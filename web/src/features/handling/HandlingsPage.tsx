// What residents came to a unit for, how often they had to come, and what became of disputes: with
// counts, in the order of the tree and in no other.
import { useMutation } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { getUnitTable, type Period, type TableName } from '../../api/residents';
import { withQuery } from '../../lib/address';
import type { Ahead } from '../../ui/ahead';
import { FormError } from '../../ui/FormError';
import { useSpeech } from '../../ui/LanguageContext';
import { saveFile } from '../../ui/saveFile';
import { holds, useHere, works, type Here } from '../../ui/SessionContext';
import { Sheet } from '../../ui/Sheet';
import { UnitField } from '../../ui/UnitField';
import { usePageTitle } from '../../ui/usePageTitle';
import { CatalogueTable } from './CatalogueTable';
import { DisputeForm } from './DisputeForm';
import { Disputes, disputesOf } from './Disputes';
import { DayField } from './fields';
import { HandlingForm } from './HandlingForm';
import { Handlings, handlingsOf } from './Handlings';
import './handling.css';

const PARTS = ['services', 'disputes', 'catalogue'] as const;
type Part = (typeof PARTS)[number];

// Which unit, in which part, over which days.
function askedFor(code: string | undefined, search: URLSearchParams, { session, ledger }: Here) {
  const unit = code ?? session?.posts[0]?.unit.code ?? ledger.root.code;
  const asked = PARTS.find((part) => part === search.get('part'));
  const part: Part = works(session) ? (asked ?? 'services') : 'catalogue';
  const period: Period = {
    from: search.get('from') ?? undefined,
    to: search.get('to') ?? undefined,
  };
  return { unit, part, period };
}

export const ahead: Ahead = ({ params, search, here, queries }) => {
  const { unit, part, period } = askedFor(params.code, search, here);
  if (part === 'services') void queries.prefetchInfiniteQuery(handlingsOf(unit, period));
  if (part === 'disputes') void queries.prefetchInfiniteQuery(disputesOf(unit, period));
};

export function HandlingsPage() {
  const { t } = useSpeech();
  const here = useHere();
  const navigate = useNavigate();
  const { code } = useParams();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('handling.title'));
  const works_ = works(here.session);
  const { unit, part, period } = askedFor(code, search, here);
  const change = (changes: Record<string, string | null>) =>
    setSearch(withQuery(search, changes), { replace: true });
  return (
    <>
      <div className="head">
        <h1>{t('handling.title')}</h1>
        {works_ ? <Recording unit={unit} /> : null}
      </div>
      <p className="quiet">{t('handling.hint')}</p>
      {works_ ? (
        <>
          <Segmented
            value={part}
            onChange={(next) => change({ part: next })}
            options={PARTS.map((value) => ({ value, label: t(`handling.part_${value}`) }))}
          />
          {part === 'catalogue' ? null : (
            <div className="handling-asked">
              <UnitField
                label={t('term.unit')}
                code={unit}
                onChange={(next) =>
                  navigate(`/services${next ? `/${next}` : ''}?${search.toString()}`)
                }
              />
              <DayField
                label={t('handling.from')}
                value={period.from ?? ''}
                onChange={(from) => change({ from: from || null })}
              />
              <DayField
                label={t('handling.to')}
                value={period.to ?? ''}
                onChange={(to) => change({ to: to || null })}
              />
              <Saving unit={unit} name={part} period={period} />
            </div>
          )}
        </>
      ) : null}
      {part === 'services' ? <Handlings unit={unit} period={period} /> : null}
      {part === 'disputes' ? <Disputes unit={unit} period={period} /> : null}
      {part === 'catalogue' ? <CatalogueTable /> : null}
    </>
  );
}

function Saving({ unit, name, period }: { unit: string; name: TableName; period: Period }) {
  const { t } = useSpeech();
  const saving = useMutation({
    mutationFn: async () => saveFile(await getUnitTable(unit, name, period), `${name}-${unit}.csv`),
  });
  return (
    <div className="handling-save">
      <Button loading={saving.isPending} onClick={() => saving.mutate()}>
        {t('handling.save')}
      </Button>
      <FormError error={saving.error} />
    </div>
  );
}

function Recording({ unit }: { unit: string }) {
  const { t } = useSpeech();
  const { session } = useHere();
  const [open, setOpen] = useState<'handling' | 'dispute' | null>(null);
  if (!holds(session, 'recorder') && !holds(session, 'responsible')) return null;
  return (
    <span className="handling-actions">
      <Button type="primary" onClick={() => setOpen('handling')}>
        {t('handling.record')}
      </Button>
      <Button onClick={() => setOpen('dispute')}>{t('handling.recordDispute')}</Button>
      {open === 'handling' ? (
        <Sheet title={t('handling.record')} wide onClose={() => setOpen(null)}>
          <HandlingForm unit={unit} onDone={() => setOpen(null)} />
        </Sheet>
      ) : null}
      {open === 'dispute' ? (
        <Sheet title={t('handling.recordDispute')} wide onClose={() => setOpen(null)}>
          <DisputeForm unit={unit} onDone={() => setOpen(null)} />
        </Sheet>
      ) : null}
    </span>
  );
}
