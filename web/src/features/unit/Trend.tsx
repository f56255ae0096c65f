// How the unit did week by week: a picture, and the table it is drawn from.
import { Suspense } from 'react';
import { shortDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { lazyPart } from '../../ui/lazyPart';
import type { Week } from '../../api/shapes';
import { WideTable } from '../../ui/WideTable';
import { Loading } from '../../ui/Notice';

const Picture = lazyPart(async () => (await import('./TrendPicture')).TrendPicture);

export function Trend({ weeks }: { weeks: Week[] }) {
  const { t, language } = useSpeech();
  if (weeks.every((week) => week.listed + week.closed + week.open === 0)) return null;
  return (
    <section className="card">
      <h2>{t('unit.trend')}</h2>
      <Suspense fallback={<Loading rows={4} />}>
        <Picture weeks={weeks} />
      </Suspense>
      <details>
        <summary>{t('unit.showTable')}</summary>
        <WideTable label={t('unit.trend')}>
          <thead>
            <tr>
              <th scope="col">{t('unit.week')}</th>
              <th scope="col">{t('unit.trendListed')}</th>
              <th scope="col">{t('unit.trendClosed')}</th>
              <th scope="col">{t('unit.trendOpen')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.first}>
                <th scope="row">
                  {t('unit.weekOf', {
                    first: shortDay(week.first, language),
                    last: shortDay(week.last, language),
                  })}
                </th>
                <td>{count(week.listed)}</td>
                <td>{count(week.closed)}</td>
                <td>{count(week.open)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </details>
      <p className="quiet">{t('unit.trendHint')}</p>
    </section>
  );
}
