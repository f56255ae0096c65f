// An indicator over time: what was reported as a line, the target as another that steps.
import type { Indicator } from '../../api/shapes';
import { shortDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { resultWord } from '../../ui/quantities';
import { HEIGHT, pictureOf, WIDTH } from './model';

const LEFT = 64;
const TOP = 12;
const BELOW = 36;

export function IndicatorPicture(props: {
  indicator: Indicator;
  days: { from: string | null; due: string | null; today: string };
}) {
  const { t, language } = useSpeech();
  const { indicator, days } = props;
  const picture = pictureOf(indicator, days);
  if (!picture) return null;
  const name = resultWord(indicator.id, t);
  const line = picture.actuals.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <svg
      className="indicator-picture"
      viewBox={`0 0 ${LEFT + WIDTH + 16} ${TOP + HEIGHT + BELOW}`}
      role="img"
      aria-label={t('project.picture', { name })}
    >
      <g transform={`translate(${LEFT} ${TOP})`}>
        <line className="axis" x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} />
        <line className="axis" x1="0" y1="0" x2="0" y2={HEIGHT} />
        {picture.today === null ? null : (
          <line className="today" x1={picture.today} y1="0" x2={picture.today} y2={HEIGHT} />
        )}
        <polyline className="target" points={picture.target} />
        <polyline className="actual" points={line} />
        {picture.actuals.map(({ x, y, point }) => (
          <circle key={point.day} className="actual" cx={x} cy={y} r="4">
            <title>{`${shortDay(point.day, language)} ${count(point.value)}`}</title>
          </circle>
        ))}
        <text x="-8" y="8" textAnchor="end">
          {count(picture.most)}
        </text>
        <text x="-8" y={HEIGHT} textAnchor="end">
          0
        </text>
        <text className="below" x="0" y={HEIGHT + 8}>
          {shortDay(picture.first, language)}
        </text>
        <text className="below" x={WIDTH} y={HEIGHT + 8} textAnchor="end">
          {shortDay(picture.last, language)}
        </text>
      </g>
    </svg>
  );
}
