// The sums of all that match, each a way to see just those; the same numbers as on a unit's page.
import type { ItemPage } from '../../api/shapes';
import { Link } from 'react-router-dom';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { RateText, StampLine } from '../../ui/words';
import { ROWS_SHOWN_MAX } from './pages';
import { standing, writeQuery, type Filters, type LedgerQuery } from './query';

export function Totals({ query, first }: { query: LedgerQuery; first: ItemPage }) {
  const { t } = useSpeech();
  const { totals, total } = first;
  const counted = total - totals.dropped;
  const to = (only: Filters) => ({
    search: writeQuery({ ...query, filters: standing(query.filters, only) }).toString(),
  });
  const part = (word: string, value: number, only: Filters, tone?: string) => (
    <li>
      {word}{' '}
      <Link to={to(only)} className={value > 0 ? tone : undefined}>
        {count(value)}
      </Link>
    </li>
  );
  return (
    <div className="totals">
      <ul className="plain" aria-label={t('ledger.totals')}>
        <li>
          {t('ledger.matching')} <b>{count(total)}</b>
        </li>
        {part(t('term.open'), totals.open, { open: 'yes' })}
        {part(t('term.overdue'), totals.overdue, { overdue: 'yes' }, 'late')}
        {part(t('term.closed'), totals.closed, { phase: 'closed' })}
        {part(t('term.closedFixed'), totals.closed_fixed, { phase: 'closed', fixed: 'yes' })}
        {part(t('term.reopened'), totals.reopened, { reopened: 'yes' })}
        {part(t('term.dropped'), totals.dropped, { phase: 'dropped' })}
        <li>
          {t('term.completion')}{' '}
          <RateText
            rate={counted === 0 ? null : { numerator: totals.closed, denominator: counted }}
            hint={t('unit.completionHint')}
          />
        </li>
      </ul>
      {total > ROWS_SHOWN_MAX ? (
        <p className="soon">{t('ledger.tooMany', { shown: count(ROWS_SHOWN_MAX) })}</p>
      ) : null}
      <StampLine position={first.position} instant={first.instant} />
    </div>
  );
}
