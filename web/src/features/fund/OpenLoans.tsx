// Loans of a fund that have not ended: each leads to its item.
import { Link } from 'react-router-dom';
import { getLoansTable, getOpenLoans } from '../../api/funds';
import { yuan } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { usePages } from '../../ui/usePages';
import { WideTable } from '../../ui/WideTable';
import { Day, UnitLink } from '../../ui/words';

const AMOUNTS = ['asked', 'committed', 'paid', 'repaid', 'outstanding'] as const;

export function OpenLoans({ fund }: { fund: string }) {
  const { t } = useSpeech();
  const asked = usePages(['fund', fund, 'loans'], (cursor: string | undefined) =>
    getOpenLoans(fund, cursor),
  );
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={4} />;
  const loans = asked.data.pages.flatMap((page) => page.loans);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('fund.open')}</h2>
        <TableButton
          load={() => getLoansTable(fund)}
          name={`${fund}-loans.csv`}
          word={t('fund.tableAll')}
        />
      </div>
      {loans.length === 0 ? <p className="quiet">{t('fund.openNone')}</p> : null}
      {loans.length > 0 ? (
        <WideTable label={t('fund.open')} asLines>
          <thead>
            <tr>
              <th scope="col">{t('fund.item')}</th>
              <th scope="col">{t('term.unit')}</th>
              {AMOUNTS.map((name) => (
                <th key={name} scope="col">
                  {t(`fund.loan_${name}`)}
                </th>
              ))}
              <th scope="col">{t('fund.due')}</th>
            </tr>
          </thead>
          <tbody>
            {loans.map((loan) =>
              loan ? (
                <tr key={loan.item}>
                  <th scope="row">
                    <Link className="code" to={`/items/${loan.item}`}>
                      {loan.item}
                    </Link>
                  </th>
                  <td data-word={t('term.unit')}>
                    <UnitLink unit={loan.unit} />
                  </td>
                  {AMOUNTS.map((name) => (
                    <td key={name} data-word={t(`fund.loan_${name}`)}>
                      {yuan(loan[name])}
                    </td>
                  ))}
                  <td data-word={t('fund.due')}>
                    {loan.due ? <Day day={loan.due} /> : '—'}{' '}
                    {loan.overdue ? <span className="tag">{t('fund.isOverdue')}</span> : null}
                  </td>
                </tr>
              ) : null,
            )}
          </tbody>
        </WideTable>
      ) : null}
      <MoreRows asked={asked} />
    </section>
  );
}
