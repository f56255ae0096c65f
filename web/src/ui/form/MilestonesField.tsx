// Milestones by their number, each with a day: reached then, or planned for then.
import { useSpeech } from '../LanguageContext';
import { fieldId } from './fields';
import { DayInput, FieldError, type Around, type Errors } from './inputs';
import { asText, type MilestoneValue } from './reading';

export function MilestonesField(props: {
  name: string;
  value: MilestoneValue[];
  onChange: (value: MilestoneValue[]) => void;
  errors: Errors;
  around: Around;
}) {
  const { t } = useSpeech();
  const open = props.around.measures.filter((each) => !each.done);
  if (open.length === 0) return <p className="quiet">{t('form.milestonesNone')}</p>;
  const dayOf = (measure: number) =>
    asText(props.value.find((each) => each.measure === measure)?.day);
  const change = (measure: number, day: string) =>
    props.onChange([
      ...props.value.filter((each) => each.measure !== measure),
      ...(day === '' ? [] : [{ measure, day }]),
    ]);
  return (
    <ul className="rows">
      {open.map(({ measure, text }) => {
        const id = fieldId(`${props.name}[${measure}].day`);
        return (
          <li key={measure}>
            <div>
              <label htmlFor={id}>
                {t('form.measureOption', { number: measure, text: text ?? t('form.destroyed') })}
              </label>
              <FieldError id={id} error={props.errors.at(`${props.name}[${measure}].day`)} />
              <DayInput id={id} value={dayOf(measure)} onChange={(day) => change(measure, day)} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
