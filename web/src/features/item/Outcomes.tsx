// Every closing there was, also those that no longer stand, and what the reporter says of it.
import type { Flow, Item } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { quantityWords } from '../../ui/quantities';
import { Judgement } from './Judgement';

export function Outcomes({ item, flow }: { item: Item; flow: Flow }) {
  const { t, pick, language } = useSpeech();
  const { closures, judgement } = item;
  // Asked because the limit was over: of no closing, whatever closings there are since.
  const atLimit = judgement?.closure === 0 ? judgement : null;
  if (closures.length === 0 && !atLimit) return null;
  return (
    <section className="card">
      <h2>{t(closures.length === 0 ? 'item.verdict' : 'item.closures')}</h2>
      {atLimit ? <Judgement judgement={atLimit} /> : null}
      {closures.length === 0 ? null : (
        <ol className="measures">
          {closures.map((closure, index) => {
            const outcome = flow.outcomes.find((each) => each.outcome === closure.outcome);
            const said = outcome ? pick(outcome.title) : closure.outcome;
            return (
              <li key={index}>
                {closure.stands ? <b>{said}</b> : <del>{said}</del>}{' '}
                {longDay(closure.day, language)}
                <div className="quiet">
                  {t(closure.fixed ? 'item.closureFixed' : 'item.closureNotFixed')}
                  {closure.ground ? (
                    <> · {t('item.saidGround', { ground: t(`form.ground_${closure.ground}`) })}</>
                  ) : null}
                  {closure.stands ? null : <> · {t('item.closureReopened')}</>}
                  {closure.recurrences > 0 ? (
                    <> · {t('item.recurrences', { count: closure.recurrences })}</>
                  ) : null}
                  {closure.look_backs.map((found, at) => (
                    <span key={at}>
                      {' '}
                      · {t('item.lookBack', { found: t(`form.found_${found}`) })}
                    </span>
                  ))}
                  {closure.quantities.map((quantity) => (
                    <span key={quantity.id}> · {quantityWords(quantity, t)}</span>
                  ))}
                </div>
                {judgement?.closure === index + 1 ? <Judgement judgement={judgement} /> : null}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
