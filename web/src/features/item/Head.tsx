// The top of an item's page: what, where, whose, until when, and the line of steps.
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Flow, Item } from '../../api/shapes';
import { dayOf, shortDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { LightWords } from '../../ui/Light';
import { useHere } from '../../ui/SessionContext';
import { Due, Fact, PhaseTag, UnitLink, UnitPath } from '../../ui/words';
import { StepsLine } from './StepsLine';

const ENDED = ['closed', 'dropped'];
const FORMS = ['sheet', 'supervision', 'closeout', 'notice'] as const;

export function Head({ item, flow }: { item: Item; flow: Flow }) {
  const { t, pick } = useSpeech();
  const ended = ENDED.includes(item.phase);
  return (
    <header>
      <UnitPath path={item.path} />
      <div className="head">
        <ItemNumber no={item.item} />
        <span className="quiet">{pick(flow.title)}</span>
        <PhaseTag phase={item.phase} title={item.state.title} />
        <Marks item={item} />
      </div>
      <h1>
        {item.title ?? (
          <span className="quiet">{t(item.report ? 'item.noAbstract' : 'form.destroyed')}</span>
        )}
      </h1>
      <div className="card item-top">
        <dl className="facts">
          <Fact label={t('form.unit')}>
            <UnitLink unit={item.unit} />
          </Fact>
          <Fact label={t('form.lead')}>
            {item.lead ? (
              <UnitLink unit={item.lead} />
            ) : (
              <span className="quiet">{t('item.leadNone')}</span>
            )}
          </Fact>
          <Fact label={t('form.due')}>
            <Due due={item.due} overdue={item.overdue} ended={ended} />
          </Fact>
          {item.light ? (
            <Fact label={t('item.light')}>
              <LightWords light={item.light} />
              <NextStep item={item} />
            </Fact>
          ) : null}
          {item.checkers ? (
            <Fact label={t('item.checkers')}>{t('item.checkersMissing', item.checkers)}</Fact>
          ) : null}
          <Fact label={t('item.print')}>
            <nav className="links" aria-label={t('item.print')}>
              {FORMS.map((form) => (
                <Link key={form} to={`/items/${item.item}/print/${form}`} target="_blank">
                  {t(`item.print_${form}`)}
                </Link>
              ))}
            </nav>
          </Fact>
        </dl>
        <StepsLine item={item} flow={flow} />
      </div>
    </header>
  );
}

/** What the clock does next by itself. */
function NextStep({ item }: { item: Item }) {
  const { t, language } = useSpeech();
  const today = useHere().ledger.today;
  if (!item.next_step) return null;
  const day = shortDay(dayOf(item.next_step.at), language, today);
  const step = t(`item.saidActed_${item.next_step.step}`);
  const { part } = item.next_step;
  return (
    <div className="quiet">
      {part === undefined
        ? t('item.nextStep', { step, day })
        : t('item.nextStepOfPart', { step, day, number: part })}
    </div>
  );
}

function ItemNumber({ no }: { no: string }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  return (
    <span className="copyable">
      <b className="code">{no}</b>
      <Button size="small" type="text" onClick={() => void copy(no).then(setCopied)}>
        {t('item.copy')}
        <span className="hidden"> {t('item.number')}</span>
      </Button>
      <span role="status" className="good">
        {copied ? t('item.copied') : null}
      </span>
    </span>
  );
}

/** Whether it could be copied: over plain HTTP there is no clipboard, and the old way is tried. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'hidden';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

function Marks({ item }: { item: Item }) {
  const { t } = useSpeech();
  return (
    <>
      {item.overdue ? <span className="tag mark-late">{t('term.overdue')}</span> : null}
      {item.returned > 0 ? (
        <span className="tag mark-soon">{t('item.returnedTimes', { count: item.returned })}</span>
      ) : null}
      {item.reopened > 0 ? (
        <span className="tag mark-soon">{t('item.reopenedTimes', { count: item.reopened })}</span>
      ) : null}
      {item.origin === 'real' ? null : (
        <span className="tag">{t(`item.origin_${item.origin}`)}</span>
      )}
    </>
  );
}
