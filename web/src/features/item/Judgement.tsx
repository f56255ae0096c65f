// What the reporter says of a closing, in which way he was asked, and who wrote it down.
import type { Item } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';

export function Judgement({ judgement }: { judgement: NonNullable<Item['judgement']> }) {
  const { t } = useSpeech();
  const said = judgement.closure === 0 ? 'item.judgementAtLimit' : 'item.judgement';
  const more = [
    judgement.way ? t('item.judgementWay', { way: t(`form.way_${judgement.way}`) }) : null,
    judgement.by ? t('item.judgementBy', { unit: judgement.by.unit.name }) : null,
    judgement.why ? t('item.judgementWhy', { why: t(`form.why_${judgement.why}`) }) : null,
    judgement.tries > 0 ? t('item.tries', { count: judgement.tries }) : null,
  ].filter((each) => each !== null);
  return (
    <div>
      {t(said, {
        solved: t(`form.answer_${judgement.solved}`),
        satisfied: t(`form.answer_${judgement.satisfied}`),
      })}
      {more.length > 0 ? <div className="quiet">{more.join(' · ')}</div> : null}
    </div>
  );
}
