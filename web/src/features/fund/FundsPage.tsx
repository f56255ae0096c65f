// The revolving funds of this ledger, with the balance that everybody may see.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getFunds, getFundsTable } from '../../api/funds';
import { yuan } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { Day, Fact, StampLine, UnitLink } from '../../ui/words';
import './fund.css';

export function FundsPage() {
  const { t, pick } = useSpeech();
  usePageTitle(t('fund.title'));
  const asked = useQuery({ queryKey: ['funds'], queryFn: getFunds });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading />;
  const { funds, position, instant } = asked.data;
  return (
    <>
      <div className="head">
        <h1>{t('fund.title')}</h1>
        {funds.length > 0 ? <TableButton load={getFundsTable} name="funds.csv" /> : null}
      </div>
      {funds.length === 0 ? <Notice title={t('fund.none')} hint={t('fund.noneHint')} /> : null}
      {funds.map((one) => (
        <section key={one.fund} className="card">
          <h2>
            <Link to={`/funds/${one.fund}`}>{pick(one.title)}</Link>
          </h2>
          <dl className="fund-facts">
            <Fact label={t('term.unit')}>
              <UnitLink unit={one.unit} />
            </Fact>
            <Fact label={t('fund.balance')}>
              {one.balance ? (
                <>
                  {yuan(one.balance.fen)} <small>{t('fund.asOf')}</small>{' '}
                  <Day day={one.balance.as_of} />
                </>
              ) : (
                '—'
              )}
            </Fact>
            <Fact label={t('fund.cap')}>{yuan(one.rules.cap)}</Fact>
            <Fact label={t('fund.basis')}>{one.rules.basis}</Fact>
          </dl>
        </section>
      ))}
      <StampLine position={position} instant={instant} />
    </>
  );
}
