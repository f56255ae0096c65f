// The period with its batches as bars and today as a line; the same in words below.
import type { ProgrammePage } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';
import { barOf, todayIn } from './model';

const ROW = 6;

export function Timeline({ programme }: { programme: ProgrammePage }) {
  const { t, pick, language } = useSpeech();
  const { today } = useHere().ledger;
  const { batches } = programme;
  const now = todayIn(programme, today);
  return (
    <section className="card batches">
      <h2>{t('programme.batches')}</h2>
      <svg
        viewBox={`0 0 100 ${batches.length * ROW}`}
        preserveAspectRatio="none"
        height={batches.length * 24}
        aria-hidden="true"
      >
        {batches.map((batch, index) => {
          const bar = barOf(programme, batch);
          return (
            <g key={batch.batch}>
              <rect className="track" x="0" y={index * ROW + 1} width="100" height={ROW - 2} />
              <rect
                className={today >= batch.from && today <= batch.to ? 'bar now' : 'bar'}
                x={bar.from}
                y={index * ROW + 1}
                width={bar.width}
                height={ROW - 2}
              />
            </g>
          );
        })}
        {now === null ? null : (
          <rect className="today" x={now} y="0" width="0.3" height={batches.length * ROW} />
        )}
      </svg>
      <ol className="plain">
        {batches.map((batch) => (
          <li key={batch.batch}>
            <b>{pick(batch.title)}</b> {longDay(batch.from, language)} –{' '}
            {longDay(batch.to, language)}
          </li>
        ))}
        <li className="quiet">{t('programme.today', { day: longDay(today, language) })}</li>
      </ol>
    </section>
  );
}
