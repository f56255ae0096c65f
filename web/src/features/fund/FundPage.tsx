// One revolving fund: what everybody sees, and for who is over it accounts, ageing, rates,
// statements and open loans.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { getAgeingTable, getFund, getSpansTable } from '../../api/funds';
import type { FundBook, FundPage as Page } from '../../api/shapes';
import { count, fraction, percent, yuan } from '../../lib/numbers';
import type { Ahead } from '../../ui/ahead';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { Day, Fact, StampLine, UnitLink } from '../../ui/words';
import { OpenLoans } from './OpenLoans';
import { Statement } from './Statement';
import './fund.css';

const fundOf = (fund: string) =>
  queryOptions({ queryKey: ['fund', fund], queryFn: () => getFund(fund) });

export const ahead: Ahead = ({ params: { fund = '' }, queries }) =>
  void queries.prefetchQuery(fundOf(fund));

export function FundPage() {
  const { fund = '' } = useParams();
  const { t, pick } = useSpeech();
  const asked = useQuery(fundOf(fund));
  usePageTitle(asked.data ? pick(asked.data.fund.title) : t('fund.of'));
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={8} />;
  const page = asked.data;
  return (
    <>
      <p>
        <Link to="/funds">{t('fund.title')}</Link>
      </p>
      <div className="head">
        <h1>{pick(page.fund.title)}</h1>
      </div>
      <Rules page={page} />
      {page.book ? <Book book={page.book} fund={fund} /> : null}
      <Spans page={page} />
      {page.book ? (
        <>
          <Statement fund={fund} by="month" />
          <Statement fund={fund} by="unit" />
          <OpenLoans fund={fund} />
        </>
      ) : null}
      <StampLine position={page.position} instant={page.instant} />
    </>
  );
}

function Rules({ page }: { page: Page }) {
  const { t } = useSpeech();
  const { rules, unit, balance } = page.fund;
  return (
    <section className="card">
      <dl className="fund-facts">
        <Fact label={t('term.unit')}>
          <UnitLink unit={unit} />
        </Fact>
        <Fact label={t('fund.publicBalance')}>
          {balance ? (
            <>
              {yuan(balance.fen)} <small>{t('fund.asOf')}</small> <Day day={balance.as_of} />
            </>
          ) : (
            '—'
          )}
        </Fact>
        <Fact label={t('fund.cap')}>{yuan(rules.cap)}</Fact>
        <Fact label={t('fund.small')}>{rules.small === 0 ? '—' : yuan(rules.small)}</Fact>
        <Fact label={t('fund.term')}>{t('fund.days', { days: count(rules.term_days) })}</Fact>
        <Fact label={t('fund.extensions')}>
          {t('fund.extensionsText', {
            times: count(rules.extensions),
            days: count(rules.extension_days),
          })}
        </Fact>
        <Fact label={t('fund.basis')}>{rules.basis}</Fact>
      </dl>
    </section>
  );
}

type OneBook = NonNullable<FundBook>;
const ACCOUNTS = [
  'cash',
  'committed',
  'available',
  'advances',
  'capital',
  'income',
  'write_offs',
] as const;
const RATES = ['turnover', 'overdue', 'recovery'] as const;

function Book({ book, fund }: { book: OneBook; fund: string }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{t('fund.book')}</h2>
      <dl className="fund-facts">
        {ACCOUNTS.map((name) => (
          <Fact key={name} label={t(`fund.account_${name}`)}>
            {yuan(book.accounts[name])}
          </Fact>
        ))}
      </dl>
      <h3>{t('fund.rates')}</h3>
      <p className="quiet">
        <Day day={book.rates.from} /> – <Day day={book.rates.to} />
      </p>
      <dl className="fund-facts">
        {RATES.map((name) => (
          <Fact key={name} label={t(`fund.rate_${name}`)}>
            {percent(book.rates[name])} <small>{yuanShare(book.rates[name])}</small>
          </Fact>
        ))}
      </dl>
      <Ageing bands={book.ageing} fund={fund} />
    </section>
  );
}

const yuanShare = (rate: { numerator: number; denominator: number }) =>
  fraction({ numerator: rate.numerator / 100, denominator: rate.denominator / 100 });

function Ageing({ bands, fund }: { bands: OneBook['ageing']; fund: string }) {
  const { t } = useSpeech();
  return (
    <>
      <div className="card-head">
        <h3>{t('fund.ageing')}</h3>
        <TableButton load={() => getAgeingTable(fund)} name={`${fund}-ageing.csv`} />
      </div>
      <WideTable label={t('fund.ageing')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('fund.late')}</th>
            <th scope="col">{t('fund.loans')}</th>
            <th scope="col">{t('fund.overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {bands.map((band) => (
            <tr key={band.days_min}>
              <th scope="row">
                {band.days_max === null
                  ? t('fund.lateOver', { days: count(band.days_min - 1) })
                  : t('fund.lateFromTo', { from: count(band.days_min), to: count(band.days_max) })}
              </th>
              <td data-word={t('fund.loans')}>{count(band.loans)}</td>
              <td data-word={t('fund.overdue')}>{yuan(band.fen)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  );
}

function Spans({ page }: { page: Page }) {
  const { t } = useSpeech();
  const amount = (fen: number | null) => (fen === null ? '—' : yuan(fen));
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('fund.spans')}</h2>
        {page.spans.length > 0 ? (
          <TableButton
            load={() => getSpansTable(page.fund.fund)}
            name={`${page.fund.fund}-spans.csv`}
          />
        ) : null}
      </div>
      <p className="quiet">{t('fund.spansHint')}</p>
      {page.spans.length === 0 ? <p>{t('fund.spansNone')}</p> : null}
      {page.spans.length > 0 ? (
        <WideTable label={t('fund.spans')} asLines>
          <thead>
            <tr>
              <th scope="col">{t('fund.span')}</th>
              <th scope="col">{t('fund.opening')}</th>
              <th scope="col">{t('fund.sum_capital')}</th>
              <th scope="col">{t('fund.sum_income')}</th>
              <th scope="col">{t('fund.sum_paid')}</th>
              <th scope="col">{t('fund.sum_repaid')}</th>
              <th scope="col">{t('fund.lent')}</th>
              <th scope="col">{t('fund.closing')}</th>
            </tr>
          </thead>
          <tbody>
            {page.spans.map((span) => (
              <tr key={span.from}>
                <th scope="row">
                  <Day day={span.from} /> – <Day day={span.to} />
                </th>
                <td data-word={t('fund.opening')}>{yuan(span.opening)}</td>
                <td data-word={t('fund.sum_capital')}>{yuan(span.capital)}</td>
                <td data-word={t('fund.sum_income')}>{yuan(span.income)}</td>
                <td data-word={t('fund.sum_paid')}>{amount(span.paid)}</td>
                <td data-word={t('fund.sum_repaid')}>{amount(span.repaid)}</td>
                <td data-word={t('fund.lent')}>{yuan(span.lent)}</td>
                <td data-word={t('fund.closing')}>{yuan(span.closing)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      ) : null}
    </section>
  );
}
