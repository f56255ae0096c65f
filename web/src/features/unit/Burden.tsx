// What the unit and all below it are asked for in a month, and by whom.
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { Burden as BurdenAnswer, BurdenAsker, BurdenCounts } from '../../api/shapes';
import { getBurden } from '../../api/units';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { useHere } from '../../ui/SessionContext';
import { WideTable } from '../../ui/WideTable';
import { UnitLink } from '../../ui/words';
import { monthAfter, SORTS_ASKED } from './burden';

export function Burden({ code }: { code: string }) {
  const { t } = useSpeech();
  const today = useHere().ledger.today;
  const [month, setMonth] = useState(today.slice(0, 7));
  const [whole, setWhole] = useState(false);
  const asked = useQuery({
    queryKey: ['unit', code, 'burden', month],
    queryFn: () => getBurden(code, month),
    placeholderData: (before) => before,
  });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={4} />;
  const burden = asked.data;
  const rows = whole ? burden.all.asked_by : burden.own.asked_by;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('unit.burden')}</h2>
        <Segmented
          value={whole ? 'all' : 'own'}
          onChange={(value) => setWhole(value === 'all')}
          options={[
            { value: 'own', label: t('unit.burdenOwn') },
            { value: 'all', label: t('unit.burdenAll') },
          ]}
        />
      </div>
      <p className="burden-month">
        <Button size="small" onClick={() => setMonth(monthAfter(month, -1))}>
          {t('unit.burdenBefore')}
        </Button>{' '}
        <b>{burden.month}</b>{' '}
        <Button size="small" onClick={() => setMonth(monthAfter(month, 1))}>
          {t('unit.burdenAfter')}
        </Button>
      </p>
      {whole ? null : <Charged own={burden.own} />}
      {rows.length === 0 ? (
        <p className="quiet">{t('unit.burdenNone')}</p>
      ) : (
        <Askers rows={rows} sum={whole ? burden.all.counts : burden.own.counts} />
      )}
      {whole && burden.children.length > 0 ? <Below burden={burden} /> : null}
      <p className="quiet">{t('unit.burdenHint')}</p>
    </section>
  );
}

function Charged({ own }: { own: BurdenAnswer['own'] }) {
  const { t } = useSpeech();
  const facts = { charged: count(own.charged), budget: count(own.budget ?? 0) };
  return (
    <p>
      {t(own.budget === null ? 'unit.burdenChargedNone' : 'unit.burdenCharged', facts)}{' '}
      {own.over ? <b className="late">{t('unit.burdenOver')}</b> : null}
    </p>
  );
}

function Cells({ counts }: { counts: BurdenCounts }) {
  const { t } = useSpeech();
  return SORTS_ASKED.map((sort) => (
    <td
      key={sort}
      className={counts[sort] === 0 ? 'nothing' : undefined}
      data-word={t(`unit.burden_${sort}`)}
    >
      {count(counts[sort])}
    </td>
  ));
}

function Heads({ first }: { first: string }) {
  const { t } = useSpeech();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {SORTS_ASKED.map((sort) => (
          <th key={sort} scope="col">
            {t(`unit.burden_${sort}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Askers({ rows, sum }: { rows: BurdenAsker[]; sum: BurdenCounts }) {
  const { t, pick } = useSpeech();
  function words(row: BurdenAsker): string {
    const by = asker(row);
    return row.asked_of ? t('unit.burdenFor', { by, unit: row.asked_of.name }) : by;
  }
  function asker(row: BurdenAsker): string {
    if (row.sort === 'notice' && !row.unit) return t('unit.burden_by_noticeNobody');
    return t(`unit.burden_by_${row.sort}`, {
      title: row.title ? pick(row.title) : (row.id ?? ''),
      unit: row.unit?.name ?? '',
    });
  }
  return (
    <WideTable label={t('unit.burden')} asLines>
      <Heads first={t('unit.burdenWho')} />
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.sort} ${row.id ?? ''} ${(row.unit ?? row.asked_of)?.code ?? ''}`}>
            <th scope="row">{words(row)}</th>
            <Cells counts={row} />
          </tr>
        ))}
        <tr>
          <th scope="row">{t('term.total')}</th>
          <Cells counts={sum} />
        </tr>
      </tbody>
    </WideTable>
  );
}

function Below({ burden }: { burden: BurdenAnswer }) {
  const { t } = useSpeech();
  return (
    <WideTable label={t('unit.burdenBelow')} asLines>
      <Heads first={t('unit.burdenBelow')} />
      <tbody>
        {burden.children.map((row) => (
          <tr key={row.unit.code}>
            <th scope="row">
              <UnitLink unit={row.unit} />
            </th>
            <Cells counts={row.counts} />
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
