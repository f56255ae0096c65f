// Whom an item concerns where they are many: by number alone, and by what they were drawn.
import type { Item } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';

export function Lot({ item }: { item: Item }) {
  const { t } = useSpeech();
  const { lot } = item;
  if (!lot) return null;
  const numbers = (some: typeof lot.drawn) => some.map((each) => each.number).join(', ');
  const left = lot.drawn.filter((each) => each.done === false);
  const said = lot.solved !== null;
  return (
    <section className="card">
      <h2>{lot.closure === 0 ? t('item.lotAtLimit') : t('item.lot', { number: lot.closure })}</h2>
      <p>
        {t('item.lotAsked', {
          affected: count(lot.affected),
          asked: count(lot.asked),
          answered: count(lot.answered),
          silent: count(lot.silent),
        })}
      </p>
      {lot.root === null ? (
        <p>{t('item.lotNotDrawn')}</p>
      ) : (
        <>
          <p>
            {said
              ? t('item.lotSaid', {
                  solved: count(lot.solved ?? 0),
                  satisfied: lot.satisfied === null ? '—' : count(lot.satisfied),
                })
              : t('item.lotFew')}
          </p>
          <p>{t('item.lotNumbers', { numbers: numbers(lot.drawn) })}</p>
          {left.length > 0 ? <p>{t('item.lotLeft', { numbers: numbers(left) })}</p> : null}
          <p className="quiet lot-proof">
            {t('item.lotProof', { position: count(lot.position), digest: lot.digest })}{' '}
            {t('item.lotRoot', { root: lot.root })}
          </p>
        </>
      )}
    </section>
  );
}
