// What several units do about one item: parts of those that support, shares, and further sources.
import type { Flow, Item } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';
import { Day, UnitLink } from '../../ui/words';

const ENDED = ['closed', 'dropped'];

export function Parts({ item }: { item: Item }) {
  const { t } = useSpeech();
  const { today } = useHere().ledger;
  const open = !ENDED.includes(item.phase);
  const standing = item.parts.filter((part) => !part.ended);
  const done = standing.filter((part) => part.done).length;
  if (item.parts.length === 0) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('form.parts')}</h2>
        <span className="quiet">{t('item.measuresDone', { done, total: standing.length })}</span>
      </div>
      <ol className="measures">
        {item.parts.map((part) => (
          <li key={part.part} value={part.part}>
            <span className={part.ended ? 'prose struck' : 'prose'}>
              {part.text ?? <span className="quiet">{t('form.destroyed')}</span>}
            </span>
            <div className="quiet">
              <UnitLink unit={part.unit} /> · <Day day={part.due} /> ·{' '}
              {part.done ? (
                <span className="good">✓ {t('item.measureDone')}</span>
              ) : part.ended ? (
                t('item.partEnded')
              ) : open && part.due < today ? (
                <span className="late">{t('item.measureLate')}</span>
              ) : (
                t('item.measureOpen')
              )}
              {part.called ? <> · {t('item.partCalled')}</> : null}
              {part.came_well === null ? null : (
                <> · {t(part.came_well ? 'item.cameWell' : 'item.cameBadly')}</>
              )}
              {part.called_right === null ? null : (
                <> · {t(part.called_right ? 'item.calledRight' : 'item.calledWrongly')}</>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function MoreSources({ item, flow }: { item: Item; flow: Flow }) {
  const { t, pick } = useSpeech();
  if (item.more_sources.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('item.moreSources')}</h2>
      <ul className="measures">
        {item.more_sources.map((each, index) => {
          const title = flow.sources.find(({ source }) => source === each.source)?.title;
          const words = [each.batch, each.upstream_no, each.source_doc].filter(Boolean);
          return (
            <li key={index}>
              {title ? pick(title) : each.source}
              {words.length > 0 ? <div className="quiet prose">{words.join(' · ')}</div> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
