// Measures with owners and dates, and what counts as success, planned against measured.
import type { Item, Quantity } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { fieldWord } from '../../ui/form/fields';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { useHere } from '../../ui/SessionContext';
import { quantityWords, resultWord, unitWord, valueWord } from '../../ui/quantities';
import { Day, UnitLink } from '../../ui/words';
import { others } from './values';

export function Plan({ item }: { item: Item }) {
  return (
    <>
      <Measures item={item} />
      <Criterion item={item} />
    </>
  );
}

const SHOWN = new Set(['measure', 'owner', 'due', 'done', 'ended', 'text', 'origin']);

function Measures({ item }: { item: Item }) {
  const { t } = useSpeech();
  const { today } = useHere().ledger;
  const open = !['closed', 'dropped'].includes(item.phase);
  if (item.measures.length === 0) return null;
  const standing = item.measures.filter((measure) => !measure.ended);
  const done = standing.filter((measure) => measure.done).length;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('form.measures')}</h2>
        <span className="quiet">{t('item.measuresDone', { done, total: standing.length })}</span>
      </div>
      <ol className="measures">
        {item.measures.map((measure) => (
          <li key={measure.measure} value={measure.measure}>
            <span className={measure.ended ? 'prose struck' : 'prose'}>
              {measure.text ?? <span className="quiet">{t('form.destroyed')}</span>}
            </span>
            <div className="quiet">
              <UnitLink unit={measure.owner} /> · <Day day={measure.due} /> ·{' '}
              {measure.ended ? (
                t('item.measureEnded')
              ) : measure.done ? (
                <span className="good">✓ {t('item.measureDone')}</span>
              ) : open && measure.due < today ? (
                <span className="late">{t('item.measureLate')}</span>
              ) : (
                t('item.measureOpen')
              )}
              {others(measure, SHOWN).map(({ name, value }) => {
                const word = fieldWord(name);
                return (
                  <span key={name}>
                    {' '}
                    · {word ? t(word) : name} {value}
                  </span>
                );
              })}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Criterion({ item }: { item: Item }) {
  const { t, language } = useSpeech();
  const text = (quantity: Quantity) => valueWord(quantity, t);
  const { criterion, claimed, measured } = item;
  if (!criterion) return null;
  const earlier = item.criteria.slice(0, -1);
  return (
    <section className="card">
      <h2>{t('form.criterion')}</h2>
      {earlier.map((each) => (
        <del key={each.record} className="prose">
          {[each.text, ...each.quantities.map((one) => quantityWords(one, t))]
            .filter(Boolean)
            .join(t('item.listSemicolon'))}
        </del>
      ))}
      <p className="prose">
        {criterion.text ?? <span className="quiet">{t('item.criterionNoText')}</span>}
      </p>
      {criterion.quantities.length > 0 ? (
        <WideTable label={t('form.criterion')} asLines>
          <thead>
            <tr>
              <th scope="col">{t('item.quantity')}</th>
              <th scope="col">{t('item.planned')}</th>
              {claimed.length > 0 ? <th scope="col">{t('item.claimedValue')}</th> : null}
              <th scope="col">{t('item.measuredValue')}</th>
              <th scope="col">{t('item.met')}</th>
            </tr>
          </thead>
          <tbody>
            {criterion.quantities.map((wanted) => {
              const found = measured.find((each) => each.id === wanted.id);
              const said = claimed.find((each) => each.id === wanted.id);
              return (
                <tr key={wanted.id}>
                  <th scope="row">
                    {resultWord(wanted.id, t)} ({unitWord(wanted.unit, t)})
                  </th>
                  <td data-word={t('item.planned')}>
                    {wanted.bound === 'at_most'
                      ? t('item.atMost', { count: text(wanted) })
                      : text(wanted)}
                    <Before quantity={wanted} />
                  </td>
                  {claimed.length > 0 ? (
                    <td data-word={t('item.claimedValue')}>{said ? text(said) : '—'}</td>
                  ) : null}
                  <td data-word={t('item.measuredValue')}>
                    {found ? text(found) : '—'}
                    {found?.as_of ? <small> {longDay(found.as_of, language)}</small> : null}
                  </td>
                  <td data-word={t('item.met')}>
                    <Met wanted={wanted} found={found?.value} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </WideTable>
      ) : null}
    </section>
  );
}

function Before({ quantity }: { quantity: Quantity }) {
  const { t } = useSpeech();
  const { baseline } = quantity;
  return baseline === undefined ? null : <small> {t('item.before', { count: baseline })}</small>;
}

function Met({ wanted, found }: { wanted: Quantity; found: number | undefined }) {
  const { t } = useSpeech();
  if (found === undefined) return <span className="quiet">{t('item.metUnknown')}</span>;
  const most = wanted.bound === 'at_most';
  const short = most ? found - wanted.value : wanted.value - found;
  if (short <= 0) return <span className="good">✓ {t('item.metYes')}</span>;
  return <span className="late">{t(most ? 'item.metOver' : 'item.metNo', { count: short })}</span>;
}
