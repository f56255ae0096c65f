// The state of an item as a line of steps, and in words: what is next and who may do it.
import type { Flow, Item } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { wayOf } from './steps';
import { wantsIndependence, whoText } from './who';

export function StepsLine({ item, flow }: { item: Item; flow: Flow }) {
  const { t, pick } = useSpeech();
  const { steps, next } = wayOf(flow, item.state.id);
  const mine =
    next && item.offers.some((each) => each.transition === next.transition && !each.refusal);
  return (
    <>
      <ol className="item-steps" aria-label={t('item.steps')}>
        {steps.map((step) => (
          <li
            key={step.state}
            className={`step-${step.at}${step.aside ? ' aside' : ''}`}
            aria-current={step.at === 'now' ? 'step' : undefined}
          >
            <span>{pick(step.title)}</span>
            <span className="hidden">{t(`item.step_${step.at}`)}</span>
          </li>
        ))}
      </ol>
      <p className="next-step">
        {next ? (
          <>
            {t('item.next', {
              step: pick(next.title),
              who: whoText(next.who, item, t),
            })}
            {wantsIndependence(next) ? t('item.nextIndependent') : null}
            {mine ? <b> {t('item.nextMine')}</b> : null}
          </>
        ) : (
          t(item.phase === 'closed' ? 'item.nextClosed' : 'item.nextNone')
        )}
      </p>
    </>
  );
}
