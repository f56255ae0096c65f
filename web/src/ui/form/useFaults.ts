// Faults as sentences that name the field, and the row of it.
import { longDay } from '../../lib/days';
import type { Facts } from '../../lib/words';
import { useSpeech } from '../LanguageContext';
import type { Wrong } from './ErrorSummary';
import type { Field } from './fields';
import type { Fault } from './reading';

export function useFaults(fields: Field[]): (faults: Fault[]) => Wrong[] {
  const { t, language } = useSpeech();
  return (faults) =>
    faults.map(({ field: path, word, facts = {} }) => {
      const name = path.split(/[[.]/)[0];
      const label = fields.find((field) => field.name === name)?.label;
      const row = /\[(\d+)\]/.exec(path)?.[1];
      const day: Facts = typeof facts.day === 'string' ? { day: longDay(facts.day, language) } : {};
      return {
        path,
        sentence: t(word, {
          field: label ? t(label) : (name ?? path),
          number: row === undefined ? '' : Number(row) + 1,
          ...facts,
          ...day,
        }),
      };
    });
}
