// What came into a fund and went out of it, by month or by unit, and the table to take away.
import { useQuery } from '@tanstack/react-query';
import { getStatement, getStatementTable } from '../../api/funds';
import type { FundStatement } from '../../api/shapes';
import { yuan } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { WideTable } from '../../ui/WideTable';
import { UnitLink } from '../../ui/words';

const SUMS = ['capital', 'income', 'returned', 'paid', 'repaid', 'written_off'] as const;
type Row = FundStatement['rows'][number];

export function Statement({ fund, by }: { fund: string; by: 'month' | 'unit' }) {
  const { t } = useSpeech();
  const asked = useQuery({
    queryKey: ['fund', fund, 'statement', by],
    queryFn: () => getStatement(fund, by),
  });
  const title = t(by === 'month' ? 'fund.byMonth' : 'fund.byUnit');
  return (
    <section className="card">
      <div className="card-head">
        <h2>{title}</h2>
        <TableButton load={() => getStatementTable(fund, by)} name={`${fund}-${by}s.csv`} />
      </div>
      {asked.error && !asked.data ? <ErrorNotice error={asked.error} /> : null}
      {asked.data ? <Rows title={title} by={by} rows={asked.data.rows} /> : null}
      {!asked.data && !asked.error ? <Loading rows={4} /> : null}
    </section>
  );
}

function Rows({ title, by, rows }: { title: string; by: 'month' | 'unit'; rows: Row[] }) {
  const { t } = useSpeech();
  const months = by === 'month';
  const last = months ? t('fund.closing') : t('fund.account_advances');
  return (
    <WideTable label={title} asLines>
      <thead>
        <tr>
          <th scope="col">{months ? t('fund.month') : t('term.unit')}</th>
          {months ? <th scope="col">{t('fund.opening')}</th> : null}
          {SUMS.map((name) => (
            <th key={name} scope="col">
              {t(`fund.sum_${name}`)}
            </th>
          ))}
          <th scope="col">{last}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.month ?? row.unit?.code}>
            <th scope="row">{row.unit ? <UnitLink unit={row.unit} /> : row.month}</th>
            {months ? <td data-word={t('fund.opening')}>{yuan(row.opening ?? 0)}</td> : null}
            {SUMS.map((name) => (
              <td key={name} data-word={t(`fund.sum_${name}`)}>
                {yuan(row[name])}
              </td>
            ))}
            <td data-word={last}>{yuan((months ? row.closing : row.outstanding) ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
