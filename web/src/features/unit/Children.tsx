// The units below: a table that can be sorted by counts, and a map of it.
import { Button, Segmented } from 'antd';
import { Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { ChildRow, Unit, UnitPage, UnitWhole } from '../../api/shapes';
import { getChildren } from '../../api/units';
import { withQuery } from '../../lib/address';
import { withAsOf } from '../../lib/asOf';
import { count, fraction, percent } from '../../lib/numbers';
import { unitAddress, unitPath } from '../../lib/unitAddress';
import type { Key } from '../../locales';
import { useSpeech } from '../../ui/LanguageContext';
import { lazyPart } from '../../ui/lazyPart';
import { WideTable } from '../../ui/WideTable';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { UnitLink } from '../../ui/words';
import { COLUMNS, readOrder, sorted, sumOf, type Child, type Column } from './model';

const Map = lazyPart(async () => (await import('./ChildrenMap')).ChildrenMap);

const WORDS: Record<Column, Key> = {
  name: 'term.unit',
  open: 'term.open',
  overdue: 'term.overdue',
  closed_fixed: 'term.closedFixed',
  reopened: 'term.reopened',
};

interface Props {
  unit: UnitPage & UnitWhole;
  asOf: string | undefined;
}

export function Children({ unit, asOf }: Props) {
  const { t, language } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const { rows, more } = useMoreRows(unit, asOf);
  const asMap = search.get('view') === 'map';
  const order = readOrder(search.get('order'));
  const set = (changes: Record<string, string | null>) =>
    setSearch(withQuery(search, changes), { replace: true, preventScrollReset: true });
  if (unit.children === 0) {
    const hint = unit.to ? t('unit.childrenNoneEnded') : t('unit.childrenNoneHint');
    return (
      <section className="card">
        <Notice title={t('unit.childrenNone')} hint={hint} />
      </section>
    );
  }
  const children = sorted(
    rows.map((row) => ({ row, sum: sumOf(row.totals) })),
    order,
    language,
  );
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('unit.children')}</h2>
        <Segmented
          value={asMap ? 'map' : 'table'}
          onChange={(value) => set({ view: value === 'map' ? 'map' : null })}
          options={[
            { value: 'table', label: t('unit.showTable') },
            { value: 'map', label: t('unit.showMap') },
          ]}
        />
      </div>
      {asMap ? (
        <Suspense fallback={<Loading rows={6} />}>
          <Map items={children} asOf={asOf} />
        </Suspense>
      ) : (
        <Table
          items={children}
          asOf={asOf}
          order={search.get('order')}
          onOrder={(next) => set({ order: next })}
        />
      )}
      {more.error ? <ErrorNotice error={more.error} again={more.load} /> : null}
      {more.left ? (
        <p>
          <Button onClick={more.load} loading={more.loading}>
            {t('term.more')}
          </Button>{' '}
          <span className="quiet">
            {t('unit.childrenShown', { shown: rows.length, total: unit.children })}
          </span>
        </p>
      ) : null}
    </section>
  );
}

function useMoreRows(unit: UnitPage & UnitWhole, asOf: string | undefined) {
  const [added, setAdded] = useState<{ of: string; rows: ChildRow[]; next: string | null }>();
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  // What was added belongs to one answer; a newer one begins again from its first page.
  const of = `${unitAddress(unit)} ${unit.position} ${asOf ?? ''}`;
  const own = added?.of === of ? added : undefined;
  const next = own ? own.next : unit.children_page.next;
  const rows = [...unit.children_page.rows, ...(own?.rows ?? [])];
  async function load() {
    if (!next) return;
    setLoading(true);
    setError(null);
    try {
      const page = await getChildren(unitAddress(unit), next, asOf);
      setAdded({ of, rows: [...(own?.rows ?? []), ...page.rows], next: page.next });
    } catch (problem) {
      setError(problem as Error);
    }
    setLoading(false);
  }
  return { rows, more: { left: next !== null, load: () => void load(), loading, error } };
}

function Table(props: {
  items: Child[];
  asOf: string | undefined;
  order: string | null;
  onOrder: (order: string | null) => void;
}) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const order = readOrder(props.order);
  const to = (unit: Unit) => withAsOf(unitPath(unit), props.asOf);
  // Numbers begin with the largest; the third click goes back to the order of the tree.
  function turn(column: Column) {
    const first = column === 'name' ? column : `-${column}`;
    const second = column === 'name' ? `-${column}` : column;
    props.onOrder(props.order === first ? second : props.order === second ? null : first);
  }
  const sortOf = (column: Column) =>
    order?.column !== column ? 'none' : order.down ? 'descending' : 'ascending';
  return (
    <WideTable label={t('unit.children')}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" aria-sort={sortOf(column)}>
              <button
                type="button"
                title={t('unit.sortBy', { column: t(WORDS[column]) })}
                onClick={() => turn(column)}
              >
                {t(WORDS[column])}
              </button>
            </th>
          ))}
          <th scope="col">{t('term.completion')}</th>
        </tr>
      </thead>
      <tbody>
        {props.items.map(({ row, sum }) => (
          <tr
            key={unitAddress(row.unit)}
            onClick={(event) => {
              // The link in it leads there by itself; twice would make "back" stay here.
              if (!(event.target as Element).closest('a')) navigate(to(row.unit));
            }}
          >
            <th scope="row">
              <UnitLink unit={row.unit} asOf={props.asOf} />
              {row.to ? <small className="quiet"> {t('unit.ended')}</small> : null}
            </th>
            <td>{count(sum.open)}</td>
            <td className={sum.overdue > 0 ? 'late' : ''}>{count(sum.overdue)}</td>
            <td>{count(sum.closed_fixed)}</td>
            <td>{count(sum.reopened)}</td>
            <td>
              {percent(sum.completion)}{' '}
              {sum.completion ? <small>{fraction(sum.completion)}</small> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
