// A unit's numbers as they were, by the tree of then, beside those of now, by the tree of now.
import type { UnitPage } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { thenAndNow } from './changes';

export function ThenAndNow({ unit }: { unit: UnitPage }) {
  const { t } = useSpeech();
  const rows = thenAndNow(unit);
  if (rows.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('unit.thenAndNow')}</h2>
      <p className="quiet">{t('unit.thenAndNowHint')}</p>
      <WideTable label={t('unit.thenAndNow')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('unit.toldBy')}</th>
            <th scope="col">{t('term.unit')}</th>
            <th scope="col">{t('term.open')}</th>
            <th scope="col">{t('term.overdue')}</th>
            <th scope="col">{t('term.closedFixed')}</th>
            <th scope="col">{t('unit.all')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ by, code, name, sum }) => (
            <tr key={by}>
              <th scope="row">{t(`unit.toldBy_${by}`)}</th>
              <td data-word={t('term.unit')}>
                {name} <small className="code">{code}</small>
              </td>
              <td data-word={t('term.open')}>{count(sum.open)}</td>
              <td data-word={t('term.overdue')}>{count(sum.overdue)}</td>
              <td data-word={t('term.closedFixed')}>{count(sum.closed_fixed)}</td>
              <td data-word={t('unit.all')}>{count(sum.total)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
