// Milestones with every day they were planned for, and the money: planned, in place, paid.
import { getMilestonesTable, getMoneyTable } from '../../api/results';
import type { Results } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { TableButton } from '../../ui/TableButton';
import { WideTable } from '../../ui/WideTable';
import { Day } from '../../ui/words';
import { percentText, yuanText } from './model';

export function Milestones({ results }: { results: Results }) {
  const { t } = useSpeech();
  const standing = results.milestones.filter((each) => !each.ended);
  if (standing.length === 0) return null;
  const reached = standing.filter((each) => each.done).length;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('project.milestones')}</h2>
        <span className="quiet">{t('project.reached', { reached, total: standing.length })}</span>
        <TableButton
          load={() => getMilestonesTable(results.item)}
          name={`milestones-${results.item}.csv`}
        />
      </div>
      <WideTable label={t('project.milestones')} words asLines>
        <thead>
          <tr>
            <th scope="col">{t('project.milestone')}</th>
            <th scope="col">{t('project.plannedDay')}</th>
            <th scope="col">{t('project.reachedDay')}</th>
          </tr>
        </thead>
        <tbody>
          {standing.map((each) => (
            <tr key={each.measure}>
              <th scope="row">
                {each.measure} · {each.text ?? t('form.destroyed')}
              </th>
              <td data-word={t('project.plannedDay')}>
                {each.days.slice(0, -1).map((day, index) => (
                  <del key={index}>
                    <Day day={day} />{' '}
                  </del>
                ))}
                <Day day={each.due} />
              </td>
              <td data-word={t('project.reachedDay')}>
                {each.done ? <Day day={each.reached} /> : '—'}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

export function Money({ results }: { results: Results }) {
  const { t, language } = useSpeech();
  const { funds } = results;
  if (funds.planned_fen === null && funds.changes.length === 0) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('project.money')}</h2>
        <span>
          {t('project.paymentRate')} <b>{percentText(funds.payment_rate)}</b>
        </span>
        <TableButton load={() => getMoneyTable(results.item)} name={`money-${results.item}.csv`} />
      </div>
      <WideTable label={t('project.money')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('project.recorded')}</th>
            <th scope="col">{t('project.fundsPlanned')}</th>
            <th scope="col">{t('project.fundsInPlace')}</th>
            <th scope="col">{t('project.fundsPaid')}</th>
            <th scope="col">{t('project.source')}</th>
          </tr>
        </thead>
        <tbody>
          {funds.changes.map((each) => (
            <tr key={each.record}>
              <th scope="row">{longInstant(each.at, language)}</th>
              <td data-word={t('project.fundsPlanned')}>{yuanText(each.planned_fen)}</td>
              <td data-word={t('project.fundsInPlace')}>{yuanText(each.in_place_fen)}</td>
              <td data-word={t('project.fundsPaid')}>{yuanText(each.paid_fen)}</td>
              <td className="words" data-word={t('project.source')}>
                {each.source_doc ?? ''}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('project.now')}</th>
            <td data-word={t('project.fundsPlanned')}>
              <b>{yuanText(funds.planned_fen)}</b>
            </td>
            <td data-word={t('project.fundsInPlace')}>
              <b>{yuanText(funds.in_place_fen)}</b>
            </td>
            <td data-word={t('project.fundsPaid')}>
              <b>{yuanText(funds.paid_fen)}</b>
            </td>
            <td />
          </tr>
        </tbody>
      </WideTable>
    </section>
  );
}
