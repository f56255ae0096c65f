// What may be done with the item now: what is possible as buttons, what is not greyed with why.
import { Button } from 'antd';
import type { Flow, FlowTransition, Item, Offer } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { wayOf } from './steps';
import { ERASE_TASK } from './tasks';
import { whoMay, whoText } from './who';

// For these the way to be allowed says more than the refusal's own sentence.
const ABOUT_POSTS = ['not_permitted', 'not_recorder'];

interface Chance {
  offer: Offer;
  transition: FlowTransition | undefined;
}

export function Actions(props: { item: Item; flow: Flow; onChoose: (id: string) => void }) {
  const { t, pick } = useSpeech();
  const { item, flow, onChoose } = props;
  const next = wayOf(flow, item.state.id).next?.transition;
  const chances: Chance[] = item.offers.map((offer) => ({
    offer,
    transition: flow.transitions.find((each) => each.transition === offer.transition),
  }));
  const first = (chance: Chance) => (chance.offer.transition === next ? 0 : 1);
  const possible = chances
    .filter((chance) => !chance.offer.refusal)
    .sort((a, b) => first(a) - first(b));
  // Left out is what nobody may do with it: a part done where no unit supports it.
  const refused = chances.filter(
    ({ offer: { refusal }, transition }) =>
      refusal &&
      !(
        ABOUT_POSTS.includes(refusal.code) &&
        transition &&
        whoMay(transition.who, item, t).length === 0
      ),
  );
  return (
    <section className="card item-actions" aria-label={t('item.actions')}>
      {possible.length > 0 ? (
        <div className="actions">
          {possible.map(({ offer }) => (
            <Button
              key={offer.transition}
              type={offer.transition === next ? 'primary' : 'default'}
              onClick={() => onChoose(offer.transition)}
            >
              {pick(offer.title)}
            </Button>
          ))}
        </div>
      ) : (
        <p className="quiet">{t('item.actionsNone')}</p>
      )}
      {item.erasure_refusal ? null : (
        <Button danger onClick={() => onChoose(ERASE_TASK.id)}>
          {t('item.erase')}
        </Button>
      )}
      {refused.length > 0 || item.erasure_refusal ? (
        <ul className="refused" aria-label={t('item.actionsRefused')}>
          {refused.map((chance) => (
            <li key={chance.offer.transition}>
              <span className="greyed">{pick(chance.offer.title)}</span>
              <Why {...chance} item={item} />
            </li>
          ))}
          {item.erasure_refusal ? (
            <li>
              <span className="greyed">{t('item.erase')}</span>
              <span className="quiet">
                {ABOUT_POSTS.includes(item.erasure_refusal.code)
                  ? t('item.eraseWho')
                  : item.erasure_refusal.detail}
              </span>
            </li>
          ) : null}
        </ul>
      ) : null}
    </section>
  );
}

function Why({ offer, transition, item }: Chance & { item: Item }) {
  const { t } = useSpeech();
  if (!offer.refusal) return null;
  const who = transition ? whoText(transition.who, item, t) : '';
  const mayDo = who ? t('item.whoMay', { who }) : '';
  return (
    <span className="quiet">
      {ABOUT_POSTS.includes(offer.refusal.code)
        ? mayDo || offer.refusal.detail
        : offer.refusal.detail}
    </span>
  );
}
