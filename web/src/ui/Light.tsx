// The light of an open item: a shape for each color, so that it is told without seeing colors.
import type { Item } from '../api/shapes';
import { useSpeech } from './LanguageContext';

export type LightShown = NonNullable<Item['light']>;

const SHAPES = { blue: '●', yellow: '▲', red: '■' } as const;

/** Its sign, with the words for whoever hears the page or points at it. */
export function LightSign({ light }: { light: LightShown | null }) {
  const { t } = useSpeech();
  if (!light) return null;
  const words = `${t(`term.light_${light.color}`)}: ${t(`term.light_${light.reason}`)}`;
  return (
    <span className={`light light-${light.color}`} role="img" aria-label={words} title={words}>
      {SHAPES[light.color]}
    </span>
  );
}

/** The same with its words beside it. */
export function LightWords({ light }: { light: LightShown }) {
  const { t } = useSpeech();
  return (
    <span>
      <span className={`light light-${light.color}`} aria-hidden="true">
        {SHAPES[light.color]}
      </span>{' '}
      {t(`term.light_${light.color}`)}{' '}
      <span className="quiet">{t(`term.light_${light.reason}`)}</span>
    </span>
  );
}
