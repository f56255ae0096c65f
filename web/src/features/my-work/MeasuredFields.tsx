// What was counted on site, for each quantity that was promised.
import { useId } from 'react';
import type { Quantity } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { resultWord, unitWord } from '../../ui/quantities';
import { useQuantityText } from '../../ui/words';

export function MeasuredFields(props: {
  quantities: Quantity[];
  values: Record<string, string>;
  wrong: (field: string) => string | undefined;
  onChange: (values: Record<string, string>) => void;
}) {
  const { t } = useSpeech();
  const text = useQuantityText();
  const id = useId();
  return (
    <>
      {props.quantities.map((quantity) => {
        const own = `${id}-${quantity.id}`;
        const wrong = props.wrong(`measured-${quantity.id}`);
        return (
          <div key={quantity.id} className="field">
            <label htmlFor={own}>
              {t('work.countedOnSite', {
                quantity: resultWord(quantity.id, t),
                unit: unitWord(quantity.unit, t),
                planned: text(quantity),
              })}
            </label>
            <input
              id={own}
              type="text"
              inputMode="numeric"
              maxLength={15}
              value={props.values[quantity.id] ?? ''}
              aria-required
              aria-invalid={wrong ? true : undefined}
              aria-describedby={wrong ? `${own}-wrong` : undefined}
              onChange={(event) =>
                props.onChange({ ...props.values, [quantity.id]: event.target.value })
              }
            />
            {wrong ? (
              <p className="wrong" id={`${own}-wrong`}>
                {wrong}
              </p>
            ) : null}
          </div>
        );
      })}
    </>
  );
}
